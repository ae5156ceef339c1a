import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openUsageStore } from '@stoa/usage';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { repository, type TemporaryTree, temporaryTree } from '../temporary-tree.ts';
import { schemaCheck } from './schema-check.ts';

const now = new Date('2026-11-24T12:00:00Z');
const shop = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.11")
type Query { "One." product("Which." id: ID!): Product }
"A." type Product { "It." id: ID! "It." name: String! "It." colour: String }
`;
let tree: TemporaryTree;

const check = (...args: string[]) =>
  schemaCheck(args, { root: tree.root, colors: false, progress: () => undefined, now });

beforeEach(async () => {
  tree = temporaryTree();
  tree.given(
    'rover.yaml',
    'federation_version: =2.14.4\nsubgraphs:\n  shop: { routing_url: http://localhost:4002/graphql, schema: { file: ./shop/schema.graphql } }\n',
  );
  tree.given('shop/schema.graphql', shop);
  tree.given(
    'base.graphql',
    'type Query { product(id: ID!): Product }\ntype Product { id: ID! name: String! colour: String }\n',
  );
});
afterEach(() => tree.remove());

const withoutColour = () => tree.given('shop/schema.graphql', shop.replace(' "It." colour: String', ''));

async function givenUse(): Promise<string> {
  const url = `sqlite:${join(tree.root, 'usage.sqlite')}`;
  const store = await openUsageStore({ url });
  await store.write({
    operations: [
      {
        id: 'a',
        name: 'Page',
        kind: 'query',
        body: 'query Page($id: ID!) { product(id: $id) { colour } }',
        coordinates: ['Query.product', 'Query.product(id:)', 'Product.colour'],
      },
    ],
    counts: [
      {
        client: { name: 'app', version: '2.0' },
        operationId: 'a',
        day: '2026-11-20',
        count: 5,
        lastSeen: new Date('2026-11-20T10:00:00Z'),
      },
    ],
    inputs: [],
    others: [],
  });
  await store.close();
  return url;
}

describe('npm run schema:check', () => {
  test('passes where nothing changed for clients', async () => {
    const { ok, text } = await check('--base', 'base.graphql');
    expect(text).toContain('The check passed');
    expect(ok).toBe(true);
  });

  test('fails where the record of the router has a user of what goes', async () => {
    withoutColour();
    expect((await check('--base', 'base.graphql')).ok).toBe(true);
    const { ok, text } = await check('--base', 'base.graphql', '--usage', await givenUse());
    expect(ok).toBe(false);
    expect(text).toContain(
      'Page of app 2.0 (Product.colour); is refused from then on; last seen 2026-11-20 10:00 UTC, sent 5 times',
    );
    expect((await check('--base', 'base.graphql', '--usage', await givenUse(), '--days', '2')).ok).toBe(true);
  });

  test('answers in JSON', async () => {
    const { text } = await check('--base', 'base.graphql', '--json');
    expect(JSON.parse(text)).toMatchObject({ ok: true, base: 'base.graphql', findings: expect.any(Array) });
  });

  test('writes a summary for a pull request as well', async () => {
    await check('--base', 'base.graphql', '--markdown', 'out/summary.md');
    expect(readFileSync(join(tree.root, 'out/summary.md'), 'utf8')).toMatch(/^## Schema check: passed/);
  });

  test('says so when there is no record of use, and how to go on', async () => {
    const { ok, text } = await check('--base', 'base.graphql', '--usage', 'sqlite:/nowhere/usage.sqlite');
    expect(ok).toBe(false);
    expect(text).toMatch(/USAGE_UNREADABLE.*\n.*To mend it: Let the router record use/);
  });

  test.each([
    ['an option that it does not have', ['--bass', 'main'], /'--bass'/],
    ['no number of days', ['--days', 'many'], /Expected --days from 1 to 9999, found many/],
    ['words without an option', ['main'], /main/],
  ])('refuses %s, and says what it takes', async (_, args, message) => {
    const { ok, text } = await check(...args);
    expect(ok).toBe(false);
    expect(text).toMatch(message);
    expect(text).toContain('Usage: npm run schema:check');
  });
});

test('the command ends with 0 or 1', { timeout: 120_000 }, () => {
  const run = (...args: string[]) =>
    spawnSync('node', ['tooling/run.mjs', 'tooling/commands/schema-check.ts', ...args], {
      cwd: repository,
      encoding: 'utf8',
    });
  const passed = run('--base', 'schema/supergraph.graphql', '--json');
  expect(passed.status, passed.stdout + passed.stderr).toBe(0);
  expect(JSON.parse(passed.stdout)).toMatchObject({ ok: true });
  const failed = run('--base', 'nowhere');
  expect(failed.status).toBe(1);
  expect(failed.stdout).toContain('BASE_NOT_FOUND');
});

test.each([
  ['shown after a second, also while it keeps the thread busy', 2_500, /^[1-3] s {2}composing\n$/],
  ['not shown when it is done before', 300, /^$/],
])('what is being done is %s', (_, busyMs, shown) => {
  tree.given(
    'program.ts',
    `import { startProgress } from '${join(import.meta.dirname, 'progress.ts')}';
    const progress = startProgress();
    progress.tell('composing');
    const end = Date.now() + ${busyMs};
    while (Date.now() < end);
    await progress.stop();`,
  );
  const { status, stderr } = spawnSync('node', ['tooling/run.mjs', join(tree.root, 'program.ts')], {
    cwd: repository,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  expect(stderr).toMatch(shown);
});
