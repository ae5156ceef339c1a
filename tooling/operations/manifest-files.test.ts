import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeSupergraph } from '../compose/supergraph-file.ts';
import { repository, type TemporaryTree, temporaryTree } from '../temporary-tree.ts';
import { checkManifests, writeManifests } from './manifest-files.ts';

let tree: TemporaryTree;
let root: string;
let given: TemporaryTree['given'];

beforeEach(() => {
  tree = temporaryTree();
  ({ root, given } = tree);
  given(
    'rover.yaml',
    'federation_version: =2.14.4\nsubgraphs:\n  shop: { routing_url: http://localhost:4002/graphql, schema: { file: ./subgraphs/shop/schema.graphql } }\n',
  );
  given(
    'subgraphs/shop/schema.graphql',
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.11")\ntype Query { product(id: ID!): Product }\ntype Product { id: ID! name: String! }\ntype Mutation { rename(name: String!): Product }\n',
  );
  writeSupergraph(root);
  given('schema/operations/web/client.yaml', 'name: web\nversion: 1.2.0\n');
  given('schema/operations/web/product-page.graphql', 'query ProductPage { product(id: 1) { ...Card } }\n');
  given('schema/operations/web/fragments/card.graphql', 'fragment Card on Product { id name }\n');
});
afterEach(() => {
  tree.remove();
});

const manifest = (client = 'web') => join(root, 'schema/operations', client, 'manifest.json');
const body =
  'query ProductPage {\n  product(id: 1) {\n    ...Card\n  }\n}\n\nfragment Card on Product {\n  id\n  name\n}';

describe('the manifests', () => {
  test('are written in the format of Apollo, an operation each with the fragments that it uses, by name', () => {
    given('schema/operations/web/add.graphql', 'mutation Add($n: String!) { rename(name: $n) { id } }');
    expect(writeManifests(root)).toEqual({
      ok: true,
      message: 'schema/operations/web/manifest.json has 2 operations',
    });
    expect(JSON.parse(readFileSync(manifest(), 'utf8'))).toEqual({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [
        expect.objectContaining({ name: 'Add', type: 'mutation' }),
        { id: createHash('sha256').update(body).digest('hex'), name: 'ProductPage', type: 'query', body },
      ],
    });
  });

  test('are current right after, and no more when a document or a fragment changes', () => {
    writeManifests(root);
    expect(checkManifests(root)).toEqual({ ok: true, message: 'the manifests are current' });
    const before = readFileSync(manifest(), 'utf8');
    given('schema/operations/web/fragments/card.graphql', 'fragment Card on Product { id }\n');
    const { ok, message } = checkManifests(root);
    expect(ok).toBe(false);
    expect(message).toMatch(
      /^schema\/operations\/web\/manifest\.json is not what .*: run `npm run operations`/,
    );
    expect(readFileSync(manifest(), 'utf8')).toBe(before);
  });

  test('are not current when one is missing or was edited', () => {
    expect(checkManifests(root).ok).toBe(false);
    given('schema/operations/web/manifest.json', '{}');
    expect(checkManifests(root).ok).toBe(false);
    expect(writeManifests(root).ok).toBe(true);
    expect(checkManifests(root).ok).toBe(true);
  });

  test("of a client's own tools are left as they are, and their operations are validated", () => {
    const own = (text: string) =>
      JSON.stringify({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: 'a', name: 'A', type: 'query', body: text }],
      });
    given('schema/operations/app/client.yaml', 'name: app\nversion: 3\n');
    given('schema/operations/app/manifest.json', own('query A { product(id: 1) { id } }'));
    expect(writeManifests(root).ok).toBe(true);
    expect(readFileSync(manifest('app'), 'utf8')).toBe(own('query A { product(id: 1) { id } }'));
    given('schema/operations/app/manifest.json', own('query A { product(id: 1) { price } }'));
    expect(checkManifests(root).message).toContain(
      'schema/operations/app/manifest.json: Cannot query field "price" on type "Product"',
    );
  });

  test.each([
    [
      'a field that the graph does not have',
      'query Bad { product(id: 1) { price } }',
      'Cannot query field "price"',
    ],
    ['a fragment that is nowhere', 'query Bad { product(id: 1) { ...None } }', 'Unknown fragment "None"'],
    ['text that is not GraphQL', 'query Bad {', 'Syntax Error'],
    ['an operation without a name', '{ product(id: 1) { id } }', 'expected an operation with a name'],
    ['the wrong name', 'query Good { product(id: 1) { id } }', 'expected a file called good.graphql'],
    [
      'two operations',
      'query Bad { product(id: 1) { id } } query Bad { product(id: 2) { id } }',
      'expected one operation, found several',
    ],
  ])('are not written when a document has %s', (_, text, message) => {
    given('schema/operations/web/bad.graphql', text);
    for (const outcome of [writeManifests(root), checkManifests(root)]) {
      expect(outcome.ok).toBe(false);
      expect(outcome.message).toContain('schema/operations/web/bad.graphql');
      expect(outcome.message).toContain(message);
    }
    expect(existsSync(manifest())).toBe(false);
  });

  test('are not written for a client that does not say who it is', () => {
    given('schema/operations/web/client.yaml', 'title: web');
    const { ok, message } = writeManifests(root);
    expect(ok).toBe(false);
    expect(message).toContain('schema/operations/web/client.yaml');
  });

  test('are not written without a supergraph, and it is said how to make one', () => {
    given('schema/supergraph.graphql', 'type');
    const { ok, message } = writeManifests(root);
    expect(ok).toBe(false);
    expect(message).toMatch(/schema\/supergraph\.graphql cannot be read: .* Run `npm run compose`/);
  });
});

test('the committed manifests are what the documents of Stoa come to', () => {
  expect(checkManifests(repository)).toEqual({ ok: true, message: 'the manifests are current' });
});
