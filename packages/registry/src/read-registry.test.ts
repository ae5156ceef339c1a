import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRegistry } from './read-registry.ts';
import { RegistryError } from './registry-error.ts';
import { repositoryRoot } from './repository-root.ts';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'registry-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function givenSchema(name: string): void {
  mkdirSync(join(folder, 'subgraphs', name), { recursive: true });
  writeFileSync(join(folder, 'subgraphs', name, 'schema.graphql'), 'type Query { here: Boolean }');
}

function givenRegistry(yaml: string): string {
  const file = join(folder, 'rover.yaml');
  writeFileSync(file, yaml);
  return file;
}

function entry(name: string, port: number): string {
  return `  ${name}:
    routing_url: http://localhost:${port}/graphql
    schema:
      file: ./subgraphs/${name}/schema.graphql
`;
}

function problemsOf(file: string): RegistryError {
  try {
    readRegistry(file);
  } catch (error) {
    if (error instanceof RegistryError) return error;
    throw error;
  }
  throw new Error('the registry was accepted');
}

test('reads the subgraphs in the order of the file, with absolute paths', () => {
  givenSchema('orders');
  givenSchema('gift-cards');
  const file = givenRegistry(
    `federation_version: =2.14.4\nsubgraphs:\n${entry('orders', 4005)}${entry('gift-cards', 4001)}`,
  );
  expect(readRegistry(file)).toEqual({
    file,
    federationVersion: '2.14.4',
    subgraphs: [
      {
        name: 'orders',
        folder: join(folder, 'subgraphs/orders'),
        schemaFile: join(folder, 'subgraphs/orders/schema.graphql'),
        routingUrl: 'http://localhost:4005/graphql',
      },
      {
        name: 'gift-cards',
        folder: join(folder, 'subgraphs/gift-cards'),
        schemaFile: join(folder, 'subgraphs/gift-cards/schema.graphql'),
        routingUrl: 'http://localhost:4001/graphql',
      },
    ],
  });
});

test('reports every problem together, each with its line, its key, what was expected and what was found', () => {
  givenSchema('catalog');
  const file = givenRegistry(`federation_version: "2"
subgraphs:
  catalog:
    routing_url: localhost:4002
    schema:
      file: ./subgraphs/catalog/schema.graphql
  pricing:
    routing_url: http://localhost:4003/graphql
    schema:
      file: ./subgraphs/pricing/schema.graphql
`);
  const error = problemsOf(file);
  expect(error.problems).toEqual([
    { key: 'federation_version', line: 1, expected: 'an exact version, such as =2.14.4', found: '"2"' },
    {
      key: 'subgraphs.catalog.routing_url',
      line: 4,
      expected: 'an http or https URL, such as http://localhost:4002/graphql',
      found: '"localhost:4002"',
    },
    {
      key: 'subgraphs.pricing.schema.file',
      line: 10,
      expected: 'a file that exists',
      found: `no file at ${join(folder, 'subgraphs/pricing/schema.graphql')}`,
    },
  ]);
  expect(error.message).toContain(file);
  expect(error.message).toContain(
    'line 4, subgraphs.catalog.routing_url: expected an http or https URL, such as http://localhost:4002/graphql, found "localhost:4002"',
  );
});

test.each([
  ['is empty', '', 'expected a map with the keys federation_version and subgraphs, found null'],
  ['is a list', '- catalog\n', 'expected a map with the keys federation_version and subgraphs'],
  ['is not YAML', 'subgraphs: [catalog\n', 'expected YAML, found a syntax error'],
  [
    'names a subgraph twice',
    `federation_version: =2.14.4\nsubgraphs:\n${entry('catalog', 4002)}${entry('catalog', 4003)}`,
    'line 7: expected YAML, found a syntax error: Map keys must be unique',
  ],
  [
    'has no subgraphs',
    'federation_version: =2.14.4\nsubgraphs: {}\n',
    'subgraphs: expected at least one subgraph',
  ],
  [
    'lacks the subgraphs key',
    'federation_version: =2.14.4\n',
    'subgraphs: expected a map of subgraphs by name, found nothing',
  ],
  [
    'has a list of subgraphs',
    'federation_version: =2.14.4\nsubgraphs: [catalog]\n',
    'line 2, subgraphs: expected a map of subgraphs by name, found ["catalog"]',
  ],
  [
    'misspells a key',
    `federation_version: =2.14.4\nsubgraphs:\n  catalog:\n    routing-url: http://localhost:4002\n    schema: { file: ./subgraphs/catalog/schema.graphql }\n`,
    'line 4, subgraphs.catalog.routing-url: expected no such key',
  ],
  [
    'gives a subgraph no value',
    'federation_version: =2.14.4\nsubgraphs:\n  catalog:\n',
    'subgraphs.catalog: expected a map with the keys routing_url and schema, found null',
  ],
  [
    'takes a schema from the network',
    'federation_version: =2.14.4\nsubgraphs:\n  catalog:\n    routing_url: http://localhost:4002\n    schema: { subgraph_url: http://localhost:4002 }\n',
    'subgraphs.catalog.schema.file: expected the path of a schema file, relative to this file, found nothing',
  ],
  [
    'names a subgraph unlike its folder',
    'federation_version: =2.14.4\nsubgraphs:\n  catalogue:\n    routing_url: http://localhost:4002\n    schema: { file: ./subgraphs/catalog/schema.graphql }\n',
    'line 5, subgraphs.catalogue.schema.file: expected a file in a folder named catalogue, found "./subgraphs/catalog/schema.graphql"',
  ],
  [
    'names a subgraph in capitals',
    'federation_version: =2.14.4\nsubgraphs:\n  Catalog:\n    routing_url: http://localhost:4002\n    schema: { file: ./subgraphs/Catalog/schema.graphql }\n',
    'subgraphs.Catalog: expected a name of lower-case letters, digits and hyphens',
  ],
  [
    'gives a file that is no file',
    'federation_version: =2.14.4\nsubgraphs:\n  catalog:\n    routing_url: file:///graphql\n    schema: { file: ./subgraphs/catalog/schema.graphql }\n',
    'subgraphs.catalog.routing_url: expected an http or https URL, such as http://localhost:4002/graphql, found "file:///graphql"',
  ],
  [
    'gives two subgraphs one URL',
    `federation_version: =2.14.4\nsubgraphs:\n${entry('catalog', 4002)}${entry('pricing', 4002)}`,
    'line 8, subgraphs.pricing.routing_url: expected a URL of its own, found http://localhost:4002/graphql, which is the URL of catalog',
  ],
])('refuses a registry that %s', (_case, yaml, message) => {
  givenSchema('catalog');
  givenSchema('pricing');
  expect(problemsOf(givenRegistry(yaml)).message).toContain(message);
});

test('says so when there is no registry file', () => {
  const file = join(folder, 'rover.yaml');
  expect(problemsOf(file).message).toBe(
    `${file} is not a valid registry of subgraphs:\n  - expected a file that can be read, found no such file`,
  );
});

test("reads the repository's own registry by default", () => {
  expect(readRegistry().file).toBe(join(repositoryRoot(), 'rover.yaml'));
});
