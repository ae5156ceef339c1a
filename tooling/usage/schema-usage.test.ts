import { join } from 'node:path';
import { openUsageStore, type UsageBatch } from '@stoa/usage';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeSupergraph } from '../compose/supergraph-file.ts';
import { type TemporaryTree, temporaryTree } from '../temporary-tree.ts';
import { schemaUsage } from './schema-usage.ts';

const now = new Date('2026-11-24T12:00:00Z');
let tree: TemporaryTree;
const ask = (...args: string[]) => schemaUsage(args, {}, tree.root, now);
const lines = (text: string) => text.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, ' | '));

beforeEach(() => {
  tree = temporaryTree();
  tree.given(
    'rover.yaml',
    'federation_version: =2.14.4\nsubgraphs:\n  shop: { routing_url: http://localhost:4002/graphql, schema: { file: ./subgraphs/shop/schema.graphql } }\n',
  );
  tree.given(
    'subgraphs/shop/schema.graphql',
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.11")
    type Query { product(id: ID!): Product find(filter: Filter): [Named] }
    interface Named { name: String! }
    type Product implements Named { id: ID! name: String! colour: String @deprecated(reason: "gone") state: State }
    input Filter { name: String state: State }
    enum State { ACTIVE ARCHIVED }`,
  );
  const { ok, message } = writeSupergraph(tree.root);
  if (!ok) throw new Error(message);
});
afterEach(() => tree.remove());

/** A record of use in the data folder of the tree, from 1 October on. */
async function givenUse(): Promise<void> {
  const store = await openUsageStore({ url: `sqlite:${join(tree.root, '.data/usage.sqlite')}` });
  const sent = (name: string, date: string, count: number, coordinates: string[]): UsageBatch => ({
    operations: [{ id: name, name, kind: 'query', body: `query ${name} { x }`, coordinates }],
    counts: [
      {
        client: { name: 'web', version: '2.0' },
        operationId: name,
        day: date,
        count,
        lastSeen: new Date(`${date}T10:30:00Z`),
      },
    ],
    inputs: [],
    others: [],
  });
  await store.write(sent('Page', '2026-11-20', 5, ['Query.product', 'Query.product(id:)', 'Product.id']));
  await store.write(
    sent('Find', '2026-11-21', 7, ['Query.find', 'Named.name', 'Filter.state', 'State.ACTIVE']),
  );
  await store.write(sent('Old', '2026-10-01', 9, ['Query.product', 'Product.colour']));
  await store.close();
}

describe('npm run schema:usage', () => {
  test('shows who used a field, how often and when last', async () => {
    await givenUse();
    const { ok, text } = await ask('--field', 'Query.product');
    expect(ok).toBe(true);
    expect(lines(text)).toEqual([
      'Query.product was used since 2026-10-25 (30 days) by',
      'client | version | operation | count | last seen (UTC)',
      'web | 2.0 | Page | 5 | 2026-11-20 10:30',
    ]);
    expect((await ask('--field', 'Query.product', '--days', '60')).text).toContain('Old');
  });

  test.each(['Query.product(id:)', 'Filter.state', 'State.ACTIVE'])(
    'knows the use of %s',
    async (coordinate) => {
      await givenUse();
      expect((await ask('--field', coordinate)).text).toContain(`${coordinate} was used`);
    },
  );

  test('lists the fields that nobody used, when they were used last and which are deprecated', async () => {
    await givenUse();
    const { ok, text } = await ask('--unused');
    expect(ok).toBe(true);
    expect(lines(text)).toEqual([
      '3 fields were not used since 2026-10-25 (30 days).',
      'field | last used',
      'Filter.name | never',
      'Product.colour | 54 days ago | deprecated',
      'Product.state | never',
    ]);
  });

  test('answers programs in JSON', async () => {
    await givenUse();
    expect(JSON.parse((await ask('--field', 'Product.id', '--json')).text)).toMatchObject({
      coordinate: 'Product.id',
      users: [{ clientName: 'web', operationName: 'Page', count: 5 }],
    });
    expect(JSON.parse((await ask('--unused', '--json')).text).fields).toContainEqual({
      coordinate: 'Product.state',
      isDeprecated: false,
      lastUsed: null,
    });
  });

  test('warns that nobody in a record may be somebody before it', async () => {
    await givenUse();
    const { ok, text } = await ask('--field', 'Product.state', '--days', '90');
    expect(ok).toBe(true);
    expect(lines(text)).toEqual([
      'Nobody used Product.state since 2026-08-26 (90 days).',
      'The record begins on 2026-10-01 only: what was used before it is not known.',
    ]);
  });

  test.each([
    'Product.nmae',
    'Nothing',
    'Query.product(sku:)',
    'State.GONE',
    'Filter.id',
    'not a coordinate',
  ])('says that the graph has no %s', async (coordinate) => {
    await givenUse();
    const { ok, text } = await ask('--field', coordinate);
    expect(ok).toBe(false);
    expect(text).toContain(`${coordinate} is not in schema/supergraph.graphql`);
  });

  test('says that there is no record, and what writes one', async () => {
    await expect(ask('--unused')).rejects.toThrow(/no record of use at .*usage\.sqlite: .* USAGE=on/);
  });

  test.each([
    ['nothing to answer', [], 'Expected one of --field and --unused'],
    ['two questions', ['--field', 'A.b', '--unused'], 'Expected one of --field and --unused'],
    ['days that are no number', ['--unused', '--days', 'ten'], 'Expected --days from 1 to 9999, found ten'],
    ['an option that it does not know', ['--fields', 'A.b'], "Unknown option '--fields'"],
  ])('refuses %s and shows its options', async (_, args, message) => {
    const { ok, text } = await ask(...args);
    expect(ok).toBe(false);
    expect(text).toContain(message);
    expect(text).toContain('Usage: npm run schema:usage');
  });
});
