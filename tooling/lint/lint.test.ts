import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { repository, type TemporaryTree, temporaryTree } from '../temporary-tree.ts';

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string };
}

/** By file: its text, and the rules that it breaks. */
const files: Readonly<Record<string, readonly [text: string, ...rules: string[]]>> = {
  'subgraphs/orders/src/config.ts': ['export const url = process.env.DATABASE_URL;'],
  'router/src/router-config.ts': ['export const url = process.env.DATABASE_URL;'],
  'subgraphs/orders/src/direct.ts': [
    'export const url = process.env.DATABASE_URL;',
    'lint/style/noProcessEnv',
  ],
  'subgraphs/orders/src/computed.ts': [
    "export const url = process['env'].DATABASE_URL;",
    'lint/style/noProcessEnv',
  ],
  'subgraphs/orders/src/global.ts': [
    'export const url = globalThis.process.env.URL;',
    'lint/style/noProcessEnv',
  ],
  'subgraphs/orders/src/imported.ts': [
    "import { env } from 'node:process';\nexport const url = env.DATABASE_URL;",
    'lint/style/noProcessEnv',
  ],
  'subgraphs/orders/src/destructured.ts': [
    'const { env, argv } = process;\nexport const all = [env, argv];',
    'plugin',
  ],
  'subgraphs/orders/src/other-parts-of-process.ts': ['const { argv } = process;\nexport const all = [argv];'],
  'subgraphs/orders/src/any.ts': [
    'export const same = (value: any) => value;',
    'lint/suspicious/noExplicitAny',
  ],
  'subgraphs/orders/src/double-assertion.ts': [
    'export const size = (value: string) => value as unknown as number;',
    'plugin',
  ],
  'subgraphs/orders/src/floating-promise.ts': [
    'async function save() {}\nexport function run() {\n  save();\n}',
    'lint/nursery/noFloatingPromises',
  ],
  'subgraphs/orders/src/import-without-extension.ts': [
    "import { url } from './config';\nexport const same = url;",
    'lint/correctness/useImportExtensions',
  ],
  'subgraphs/orders/src/unused-import.ts': [
    "import { url } from './config.ts';\nexport const same = 1;",
    'lint/correctness/noUnusedImports',
  ],
  'subgraphs/orders/src/camelCase.ts': ['export const one = 1;', 'lint/style/useFilenamingConvention'],
  'subgraphs/orders/src/resolvers/Mutation/placeOrder.ts': ['export const placeOrder = 1;'],
  'subgraphs/orders/src/default-export.ts': ['export default 1;', 'lint/style/noDefaultExport'],
  'subgraphs/orders/src/only.test.ts': [
    "import { test } from 'vitest';\ntest.only('runs alone', () => {});",
    'lint/suspicious/noFocusedTests',
  ],
  'subgraphs/orders/src/__generated__/anything.ts': ['export const same = (value: any) => process.env;'],
};

// Each test starts whole programs: a second alone, far more on a machine that is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let tree: TemporaryTree;
let diagnostics: readonly Diagnostic[];

beforeAll(async () => {
  tree = temporaryTree();
  for (const file of ['biome.json', '.gitignore'])
    tree.given(file, readFileSync(join(repository, file), 'utf8'));
  tree.link('tooling', join(repository, 'tooling'));
  for (const [file, [text]] of Object.entries(files)) tree.given(file, `${text}\n`);
  const biome = join(repository, 'node_modules/@biomejs/biome/bin/biome');
  const output = await new Promise<string>((done) => {
    const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', 'subgraphs', 'router'];
    execFile(process.execPath, args, { cwd: tree.root }, (_error, stdout) => done(stdout));
  });
  ({ diagnostics } = JSON.parse(output) as { diagnostics: readonly Diagnostic[] });
});
afterAll(() => {
  tree.remove();
});

test.each(Object.entries(files))('%s is judged as it should be', (file, [, ...rules]) => {
  const broken = diagnostics.filter(({ location }) => location.path === file).map(({ category }) => category);
  expect([...new Set(broken)]).toEqual(rules);
});
