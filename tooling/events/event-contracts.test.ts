import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { repository, type TemporaryTree, temporaryTree } from '../temporary-tree.ts';
import { checkEventContracts, writeEventContracts } from './event-contracts.ts';

const current = { ok: true, message: 'schema/events is current' };
let tree: TemporaryTree;
let root: string;

beforeEach(() => {
  tree = temporaryTree();
  ({ root } = tree);
  const entry = (name: string, port: number) =>
    `  ${name}: { routing_url: http://localhost:${port}/graphql, schema: { file: ./subgraphs/${name}/schema.graphql } }\n`;
  tree.given(
    'rover.yaml',
    `federation_version: =2.14.4\nsubgraphs:\n${entry('catalog', 4002)}${entry('stock', 4003)}${entry('quiet', 4004)}`,
  );
  for (const name of ['catalog', 'stock', 'quiet'])
    tree.given(`subgraphs/${name}/schema.graphql`, 'type Query { a: Int }');
  tree.link('node_modules', join(repository, 'node_modules'));
  tree.given('package.json', '{ "type": "module" }');
  givenEvents('catalog', "z.object({ itemId: z.string(), change: z.enum(['MADE', 'GONE']) })");
  givenEvents('stock', 'z.object({ itemId: z.string(), available: z.int().min(0) })');
});
afterEach(() => {
  tree.remove();
});

const load = (subgraph: string) =>
  import(pathToFileURL(join(root, `subgraphs/${subgraph}/src/events.ts`)).href);

function givenEvents(subgraph: string, payload: string, type = `${subgraph}.item-changed.v1`): void {
  tree.given(
    `subgraphs/${subgraph}/src/events.ts`,
    `import { defineEvent, z } from '@stoa/events';\n` +
      `export const topic = 'items';\nexport const itemChanged = defineEvent('${type}', ${payload});\n`,
  );
}

function contract(type: string): unknown {
  return JSON.parse(readFileSync(join(root, `schema/events/${type}.json`), 'utf8'));
}

describe('writing the contracts', () => {
  test('makes a JSON Schema of every event of every subgraph, and the check finds it current', async () => {
    expect(await writeEventContracts(root, load)).toEqual({
      ok: true,
      message: 'schema/events holds the contracts of 2 events',
    });
    expect(contract('stock.item-changed.v1')).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'stock.item-changed.v1',
      type: 'object',
      properties: { itemId: { type: 'string' }, available: { type: 'integer', minimum: 0 } },
      required: ['itemId', 'available'],
    });
    expect(await checkEventContracts(root, load)).toEqual(current);
  });

  test('removes the file of an event that is no more', async () => {
    tree.given('schema/events/stock.gone.v1.json', '{}');
    expect((await checkEventContracts(root, load)).message).toContain(
      'stock.gone.v1.json is of an event that is no more',
    );
    await writeEventContracts(root, load);
    expect(existsSync(join(root, 'schema/events/stock.gone.v1.json'))).toBe(false);
  });

  test('refuses two events of one name, and says where they are', async () => {
    givenEvents('stock', 'z.object({})', 'catalog.item-changed.v1');
    expect(await writeEventContracts(root, load)).toEqual({
      ok: false,
      message:
        'subgraphs/stock/src/events.ts: expected an event of its own name, and subgraphs/catalog/src/events.ts has catalog.item-changed.v1 too',
    });
  });

  test('refuses an invalid rover.yaml', async () => {
    tree.given('rover.yaml', 'subgraphs: {}\n');
    expect((await writeEventContracts(root, load)).ok).toBe(false);
  });
});

describe('the check', () => {
  test('says which files are missing, and changes nothing', async () => {
    const { ok, message } = await checkEventContracts(root, load);
    expect(ok).toBe(false);
    expect(message).toContain('schema/events/catalog.item-changed.v1.json is missing');
    expect(message).toContain('npm run events:contracts');
    expect(existsSync(join(root, 'schema/events'))).toBe(false);
  });

  test('finds an edit of a committed file', async () => {
    await writeEventContracts(root, load);
    tree.given('schema/events/stock.item-changed.v1.json', '{}\n');
    expect(await checkEventContracts(root, load)).toEqual({
      ok: false,
      message: expect.stringContaining('schema/events/stock.item-changed.v1.json is not what the code says'),
    });
  });
});
