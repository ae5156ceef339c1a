import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRegistry } from '@stoa/registry';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { repository, type TemporaryTree, temporaryTree } from '../temporary-tree.ts';
import { compose } from './compose.ts';
import { CompositionError } from './composition-error.ts';
import { checkSupergraph, writeSupergraph } from './supergraph-file.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.11", import: ["@key"])';
let tree: TemporaryTree;
let root: string;
let given: TemporaryTree['given'];

beforeEach(() => {
  tree = temporaryTree();
  ({ root, given } = tree);
  given('rover.yaml', registry('=2.14.4'));
  given(
    'subgraphs/catalog/schema.graphql',
    `${link}\ntype Query { product(id: ID!): Product }\ntype Product @key(fields: "id") { id: ID! name: String! }\n`,
  );
  given(
    'subgraphs/pricing/schema.graphql',
    `${link}\ntype Product @key(fields: "id") {\n  id: ID!\n  cents: Int\n}\n`,
  );
});
afterEach(() => {
  tree.remove();
});

function registry(version: string): string {
  const entry = (name: string, port: number) =>
    `  ${name}: { routing_url: http://localhost:${port}/graphql, schema: { file: ./subgraphs/${name}/schema.graphql } }\n`;
  return `federation_version: ${version}\nsubgraphs:\n${entry('catalog', 4002)}${entry('pricing', 4003)}`;
}

function givenPricing(fields: string): void {
  given(
    'subgraphs/pricing/schema.graphql',
    `${link}\ntype Product @key(fields: "id") {\n  id: ID!\n  ${fields}\n}\n`,
  );
}

function supergraph(): string | undefined {
  const file = join(root, 'schema/supergraph.graphql');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function compositionProblems() {
  try {
    compose(readRegistry(join(root, 'rover.yaml')));
  } catch (error) {
    if (error instanceof CompositionError) return error.problems;
    throw error;
  }
  throw new Error('the subgraphs composed');
}

describe('composing', () => {
  test('writes one schema of all subgraphs, with the URLs of the registry', () => {
    expect(writeSupergraph(root)).toEqual({
      ok: true,
      message: 'schema/supergraph.graphql is composed of catalog, pricing',
    });
    expect(supergraph()).toContain(
      'PRICING @join__graph(name: "pricing", url: "http://localhost:4003/graphql")',
    );
    expect(supergraph()).toMatch(/cents: Int @join__field\(graph: PRICING\)/);
  });

  test('warns of what composes and looks unintended', () => {
    given(
      'subgraphs/catalog/schema.graphql',
      `${link}\n"A product."\ntype Product @key(fields: "id") { id: ID! }\ntype Query { product: Product }\n`,
    );
    given(
      'subgraphs/pricing/schema.graphql',
      `${link}\n"Goods."\ntype Product @key(fields: "id") { id: ID! cents: Int }\n`,
    );
    const { ok, message } = writeSupergraph(root);
    expect(ok).toBe(true);
    expect(message).toContain(
      'hint INCONSISTENT_DESCRIPTION: Element "Product" has inconsistent descriptions',
    );
  });

  test('names every subgraph, file and line of an error', () => {
    givenPricing('name: Int');
    expect(compositionProblems()).toContainEqual({
      level: 'error',
      code: 'FIELD_TYPE_MISMATCH',
      message: expect.stringContaining('Type of field "Product.name" is incompatible across subgraphs'),
      places: [
        { subgraph: 'catalog', file: join(root, 'subgraphs/catalog/schema.graphql'), line: 3 },
        { subgraph: 'pricing', file: join(root, 'subgraphs/pricing/schema.graphql'), line: 4 },
      ],
    });
  });

  test('reports the syntax errors of several subgraphs together', () => {
    given('subgraphs/catalog/schema.graphql', 'type Query {\n');
    givenPricing('cents Int');
    expect(compositionProblems().map(({ places }) => places)).toEqual([
      [{ subgraph: 'catalog', file: join(root, 'subgraphs/catalog/schema.graphql'), line: 2 }],
      [{ subgraph: 'pricing', file: join(root, 'subgraphs/pricing/schema.graphql'), line: 4 }],
    ]);
  });

  test.each([
    ['an unknown type', 'price: Money', 'Unknown type Money'],
    ['a directive that was not imported', 'price: Int @shareable', 'Unknown directive "@shareable"'],
    ['a field that another subgraph owns', 'name: String!', 'Non-shareable field "Product.name"'],
  ])('refuses %s, says where, and leaves the file as it was', (_case, fields, message) => {
    writeSupergraph(root);
    const before = supergraph();
    givenPricing(fields);
    const outcome = writeSupergraph(root);
    expect(outcome.ok).toBe(false);
    expect(outcome.message).toContain(message);
    expect(outcome.message).toContain(`in pricing, ${join(root, 'subgraphs/pricing/schema.graphql')}:4`);
    expect(supergraph()).toBe(before);
  });

  test('refuses an invalid rover.yaml with all that is wrong', () => {
    given('rover.yaml', 'federation_version: 2\nsubgraphs:\n  catalog:\n    routing_url: 4002\n');
    const { ok, message } = writeSupergraph(root);
    expect(ok).toBe(false);
    expect(message).toContain('line 1, federation_version: expected an exact version');
    expect(message).toContain('line 4, subgraphs.catalog.routing_url: expected an http or https URL');
    expect(supergraph()).toBeUndefined();
  });

  test('refuses a federation version other than the installed one, as rover would compose by another', () => {
    given('rover.yaml', registry('=2.9.0'));
    const { ok, message } = writeSupergraph(root);
    expect(ok).toBe(false);
    expect(message).toMatch(/^rover\.yaml: expected federation_version =2\.14\.\d+, .*; found =2\.9\.0$/);
  });
});

describe('the check', () => {
  test('passes right after composing', () => {
    writeSupergraph(root);
    expect(checkSupergraph(root)).toEqual({ ok: true, message: 'schema/supergraph.graphql is current' });
  });

  test('finds that a subgraph has changed since, says what to run, and changes nothing', () => {
    writeSupergraph(root);
    const before = supergraph();
    givenPricing('cents: Int!');
    const { ok, message } = checkSupergraph(root);
    expect(ok).toBe(false);
    expect(message).toMatch(
      /differs from what the subgraphs compose to, from line \d+: run `npm run compose`/,
    );
    expect(supergraph()).toBe(before);
  });

  test('finds an edit of the composed file', () => {
    writeSupergraph(root);
    given('schema/supergraph.graphql', `${supergraph()}# mine\n`);
    expect(checkSupergraph(root).ok).toBe(false);
  });

  test('finds that the file is missing', () => {
    expect(checkSupergraph(root)).toEqual({
      ok: false,
      message: 'schema/supergraph.graphql is missing: run `npm run compose` and commit the file',
    });
  });
});

test('the composition library and what it rests on are installed once, as two versions break planning', () => {
  const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, unknown>;
  };
  const installed = (name: string) =>
    Object.keys(lock.packages).filter((path) => path.endsWith(`node_modules/${name}`));
  expect(installed('@apollo/federation-internals')).toHaveLength(1);
  expect(installed('@apollo/composition')).toHaveLength(1);
  expect(installed('graphql')).toHaveLength(1);
});
