import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { repository, type TemporaryTree, temporaryTree } from '../temporary-tree.ts';

interface Violation {
  readonly from: string;
  /** The files of a cycle, which is reported once, from any of them. */
  readonly cycle?: readonly { readonly name: string }[];
  readonly rule: { readonly name: string };
}

/** What may be: a small tree that keeps every rule, by file. */
const allowed: Readonly<Record<string, string>> = {
  'packages/money/src/index.ts': "export { add } from './add.ts';",
  'packages/money/src/add.ts': 'export const add = (a: number, b: number) => a + b;',
  'packages/subgraph/src/index.ts':
    "import { ApolloServer } from '@apollo/server';\nexport const serve = () => new ApolloServer();",
  'packages/testkit/src/index.ts':
    "import type { ApolloServer } from '@apollo/server';\nexport type Server = ApolloServer;",
  'router/src/main.ts':
    "import { ApolloServer } from '@apollo/server';\nimport '@stoa/money';\nexport const router = new ApolloServer();",
  'seed/src/index.ts': "import { add } from '@stoa/money';\nexport const price = add(1, 2);",
  'host/src/main.ts':
    "import '../../router/src/main.ts';\nexport const load = () => import('@stoa/orders/subgraph');",
  'subgraphs/pricing/src/subgraph.ts':
    "import '@stoa/seed';\nimport './rpc/client.ts';\nexport const pricing = 1;",
  'subgraphs/pricing/src/events.ts': "export const priceChanged = 'price.changed.v1';",
  'subgraphs/pricing/src/rpc/client.ts':
    "import { QuoteSchema } from '../__generated__/pricing/v1/pricing_pb.js';\nexport const quote = QuoteSchema;",
  'subgraphs/pricing/src/__generated__/pricing/v1/pricing_pb.js': 'export const QuoteSchema = 1;',
  'subgraphs/pricing/src/__generated__/pricing/v1/pricing_pb.d.ts':
    'export declare const QuoteSchema: number;',
  'subgraphs/pricing/src/price-list/price.ts':
    'export interface Price { cents: number }\nexport const free = 0;',
  'subgraphs/orders/src/subgraph.ts':
    "import '@stoa/pricing/events';\nimport { quote } from '@stoa/pricing/rpc';\nexport const orders = quote;",
  'subgraphs/orders/src/__generated__/resolvers-types.ts':
    "import type { Context } from '../context.ts';\nexport type State = 'PAID';\nexport type Own = Context;",
  'subgraphs/orders/src/context.ts':
    "import { paid } from './order-state.ts';\nexport type Context = typeof paid;",
  'subgraphs/orders/src/order-state.ts':
    "import type { State } from './__generated__/resolvers-types.ts';\nexport const paid: State = 'PAID';",
  'subgraphs/orders/src/place-order.test.ts': "import '../../pricing/src/price-list/price.ts';",
  'subgraphs/orders/tests/checkout.ts':
    "import '../../pricing/src/price-list/price.ts';\nimport '../../../host/src/main.ts';",
};

/** What may not be: each file breaks the one rule named beside it. */
const breaches: readonly (readonly [rule: string, how: string, file: string, text: string])[] = [
  [
    'subgraphs-meet-by-contract',
    'a path',
    'subgraphs/orders/src/a.ts',
    "import '../../pricing/src/price-list/price.ts';",
  ],
  [
    'subgraphs-meet-by-contract',
    'a type alone',
    'subgraphs/orders/src/b.ts',
    "import type { Price } from '../../pricing/src/price-list/price.ts';\nexport type Own = Price;",
  ],
  [
    'subgraphs-meet-by-contract',
    'a workspace name',
    'subgraphs/orders/src/c.ts',
    "import '@stoa/pricing/subgraph';",
  ],
  [
    'subgraphs-meet-by-contract',
    'a dynamic import',
    'subgraphs/orders/src/d.ts',
    "export const load = () => import('@stoa/pricing/subgraph');",
  ],
  [
    'subgraphs-meet-by-contract',
    'a re-export',
    'subgraphs/orders/src/e.ts',
    "export * from '../../pricing/src/price-list/price.ts';",
  ],
  [
    'subgraphs-meet-by-contract',
    'its generated types',
    'subgraphs/pricing/src/u.ts',
    "import type { State } from '../../orders/src/__generated__/resolvers-types.ts';\nexport type Own = State;",
  ],
  ['subgraphs-run-anywhere', 'a path', 'subgraphs/orders/src/f.ts', "import '../../../router/src/main.ts';"],
  ['kit-knows-no-domain', 'a contract', 'packages/money/src/g.ts', "import '@stoa/pricing/events';"],
  ['kit-knows-no-domain', 'demo data', 'packages/money/src/h.ts', "import '@stoa/seed';"],
  ['router-knows-no-subgraph', 'a contract', 'router/src/i.ts', "import '@stoa/pricing/rpc';"],
  ['tooling-knows-no-subgraph', 'a contract', 'tooling/j.ts', "import '@stoa/pricing/rpc';"],
  ['seed-is-plain-data', 'an installed package', 'seed/src/k.ts', "import '@apollo/server';"],
  ['seed-is-plain-data', 'a module of Node', 'seed/src/l.ts', "import 'node:fs';"],
  ['seed-is-plain-data', 'a contract', 'seed/src/m.ts', "import '@stoa/pricing/events';"],
  ['apollo-server-in-two-places', 'a subgraph', 'subgraphs/orders/src/n.ts', "import '@apollo/server';"],
  [
    'apollo-server-in-two-places',
    'another package',
    'packages/money/src/o.ts',
    "import '@apollo/server/standalone';",
  ],
  [
    'apollo-server-in-two-places',
    'the host',
    'host/src/p.ts',
    "import type { ApolloServer } from '@apollo/server';\nexport type Own = ApolloServer;",
  ],
  ['no-circular', 'two files', 'packages/money/src/q.ts', "import './r.ts';"],
  ['no-circular', 'two files, back by a type', 'packages/money/src/r.ts', "import type {} from './q.ts';"],
  ['imports-resolve', 'a missing file', 'packages/money/src/s.ts', "import './missing.ts';"],
  [
    'imports-resolve',
    'a file that exports do not open',
    'subgraphs/orders/src/t.ts',
    "import '@stoa/pricing/src/price-list/price.ts';",
  ],
];

// Each test starts whole programs: a second alone, far more on a machine that is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let tree: TemporaryTree;
let root: string;
let given: TemporaryTree['given'];

function givenPackage(folder: string, name: string, exports: Record<string, string>, linked: boolean): void {
  given(join(folder, 'package.json'), JSON.stringify({ name, type: 'module', exports }));
  if (!linked) return;
  tree.link(join('node_modules', name), join(root, folder));
}

/** What `npm run boundaries` looks at. */
function scannedFiles(): string {
  const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    scripts: { boundaries: string };
  };
  const glob = /'(.+)'/.exec(scripts.boundaries)?.[1];
  if (glob === undefined) throw new Error(`expected a quoted glob, found ${scripts.boundaries}`);
  return glob;
}

async function violations(): Promise<readonly Violation[]> {
  const command = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(repository, '.dependency-cruiser.cjs');
  const args = [command, scannedFiles(), '--config', config, '--output-type', 'json'];
  const output = await new Promise<string>((done, fail) => {
    execFile(process.execPath, args, { cwd: root }, (_error, stdout, stderr) =>
      stdout ? done(stdout) : fail(stderr),
    );
  });
  return (JSON.parse(output) as { summary: { violations: readonly Violation[] } }).summary.violations;
}

beforeAll(() => {
  tree = temporaryTree();
  ({ root, given } = tree);
  givenPackage('packages/money', '@stoa/money', { '.': './src/index.ts' }, true);
  givenPackage('seed', '@stoa/seed', { '.': './src/index.ts' }, true);
  const contract = {
    './subgraph': './src/subgraph.ts',
    './events': './src/events.ts',
    './rpc': './src/rpc/client.ts',
  };
  givenPackage('subgraphs/pricing', '@stoa/pricing', contract, true);
  givenPackage('subgraphs/orders', '@stoa/orders', { './subgraph': './src/subgraph.ts' }, true);
  givenPackage(
    'node_modules/@apollo/server',
    '@apollo/server',
    { '.': './index.js', './standalone': './index.js' },
    false,
  );
  given('node_modules/@apollo/server/index.js', 'export class ApolloServer {}');
  for (const [file, text] of Object.entries(allowed)) given(file, text);
});
afterAll(() => {
  tree.remove();
});

test('a tree that keeps to the rules passes', async () => {
  await expect(violations()).resolves.toEqual([]);
});

describe('a breach is found', () => {
  let found: readonly Violation[];
  beforeAll(async () => {
    for (const [, , file, text] of breaches) given(file, text);
    found = await violations();
  });
  afterAll(() => {
    for (const [, , file] of breaches) rmSync(join(root, file));
  });

  test.each(breaches)('of %s, by %s', (rule, _how, file) => {
    const broken = found
      .filter(({ from, cycle }) => from === file || cycle?.some(({ name }) => name === file))
      .map((violation) => violation.rule.name);
    expect([...new Set(broken)]).toContain(rule);
  });

  test('and no other file is blamed', () => {
    const guilty = breaches.map(([, , file]) => file);
    expect(found.filter(({ from }) => !guilty.includes(from))).toEqual([]);
  });
});
