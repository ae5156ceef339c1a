import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { repository, type TemporaryTree, temporaryTree } from '../temporary-tree.ts';

// Each test starts whole programs: a second alone, far more on a machine that is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let tree: TemporaryTree;
let root: string;
let given: TemporaryTree['given'];

function givenWorkspace(
  folder: string,
  exports: Record<string, string>,
  dependencies: Record<string, string>,
): void {
  const name = `@stoa/${folder.split('/').at(-1)}`;
  given(join(folder, 'package.json'), JSON.stringify({ name, type: 'module', exports, dependencies }));
}

function unused(): Promise<string> {
  const command = join(repository, 'node_modules/knip/bin/knip.js');
  const args = [command, '--no-config-hints', '--no-progress'];
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: root }, (_error, stdout) => done(stdout));
  });
}

beforeAll(() => {
  tree = temporaryTree();
  ({ root, given } = tree);
  given('knip.ts', readFileSync(join(repository, 'knip.ts'), 'utf8'));
  tree.link('node_modules', join(repository, 'node_modules'));
  given('package.json', JSON.stringify({ name: 'shop', workspaces: ['packages/*', 'subgraphs/*'] }));
  givenWorkspace('packages/money', { '.': './src/index.ts' }, {});
  given('packages/money/src/index.ts', "export { add } from './add.ts';");
  given('packages/money/src/add.ts', 'export const add = (a: number, b: number) => a + b;');
  // A subgraph that no configuration names.
  givenWorkspace(
    'subgraphs/wishlist',
    { './subgraph': './src/subgraph.ts' },
    { '@stoa/money': '*', graphql: '*' },
  );
  given('subgraphs/wishlist/src/main.ts', "import './subgraph.ts';");
  given(
    'subgraphs/wishlist/src/subgraph.ts',
    "import '@stoa/money';\nimport 'graphql';\nimport { up } from '../migrations/001-start.ts';\nup();",
  );
  given('subgraphs/wishlist/src/events.ts', "export const itemWished = 'item.wished.v1';");
  given('subgraphs/wishlist/src/rpc/client.ts', 'export const wishlistRpc = 1;');
  given('subgraphs/wishlist/migrations/001-start.ts', 'export const up = () => {};');
  given('subgraphs/wishlist/src/subgraph.test.ts', "import './subgraph.ts';");
});
afterAll(() => {
  tree.remove();
});

test('a tree in which all is used passes', async () => {
  await expect(unused()).resolves.toBe('');
});

test('a file, an export, and a dependency that nothing uses are found, and one that is not listed', async () => {
  given('subgraphs/wishlist/src/forgotten.ts', 'export const forgotten = 1;');
  given(
    'packages/money/src/add.ts',
    'export const add = (a: number, b: number) => a + b;\nexport const subtract = 1;',
  );
  givenWorkspace(
    'subgraphs/wishlist',
    { './subgraph': './src/subgraph.ts' },
    { '@stoa/money': '*', zod: '*' },
  );
  const report = await unused();
  expect(report).toMatch(/^Unused files \(1\)\nsubgraphs\/wishlist\/src\/forgotten\.ts/m);
  expect(report).toMatch(/^Unused dependencies \(1\)\nzod +subgraphs\/wishlist\/package\.json/m);
  expect(report).toMatch(/^Unlisted dependencies \(1\)\ngraphql +subgraphs\/wishlist\/src\/subgraph\.ts/m);
  expect(report).toMatch(/^Unused exports \(1\)\nsubtract +packages\/money\/src\/add\.ts/m);
});
