import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { protoStep } from '../src/proto/proto-step.ts';
import type { Schemas } from './small-graph.ts';
import { versionOf } from './small-graph.ts';
import {
  contextOf,
  type TemporaryRepository,
  temporaryRepository,
  versionAt,
} from './temporary-repository.ts';

const graph: Schemas = { catalog: 'type Query { a: Int }', stock: 'type Query { b: Int }' };
const head = 'syntax = "proto3";\n\npackage test.catalog.v1;\n\n';
const item = `${head}message Item {\n  string id = 1;\n  int32 count = 2;\n}\n`;
const path = 'subgraphs/catalog/proto/test/catalog/v1/catalog.proto';
const stockPath = 'subgraphs/stock/proto/test/stock/v1/stock.proto';
const stock =
  'syntax = "proto3";\n\npackage test.stock.v1;\n\nimport "test/catalog/v1/catalog.proto";\n\nmessage Shelf {\n  test.catalog.v1.Item item = 1;\n}\n';

let repository: TemporaryRepository;
beforeEach(() => {
  repository = temporaryRepository();
});
afterEach(() => {
  repository.remove();
});

async function findings(edit: () => void) {
  const base = versionAt(repository.commit(), graph);
  edit();
  return protoStep(base, versionOf(graph), contextOf(repository.root));
}

it('has nothing to say of proto files that are well formed and as they were', async () => {
  repository.given(path, item);
  repository.given(stockPath, stock);
  expect(await findings(() => undefined)).toEqual([]);
});

it('names file, line and rule of what the lint finds', async () => {
  expect(await findings(() => repository.given(path, `${item}message badName {}\n`))).toEqual([
    expect.objectContaining({
      step: 'proto',
      level: 'error',
      code: 'PROTO_MESSAGE_PASCAL_CASE',
      file: path,
      line: 9,
    }),
  ]);
});

it('keeps to the rules of buf.yaml', async () => {
  repository.given('buf.yaml', 'version: v2\nlint:\n  use:\n    - MINIMAL\nbreaking:\n  use:\n    - WIRE\n');
  repository.given(path, item);
  const renamed = item.replace('count', 'number');
  expect(await findings(() => repository.given(path, `${renamed}message badName {}\n`))).toEqual([]);
});

it('does not compare a file that is no proto', async () => {
  repository.given(path, item);
  const found = await findings(() =>
    repository.given(
      path,
      `${head}message Item {
  string id = 1
}
`,
    ),
  );
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found.map(({ code, file }) => `${code} ${file}`))).toEqual(
    new Set([`PROTO_COMPILE ${path}`]),
  );
});

test.each([
  [
    'a field goes',
    item.replace('  int32 count = 2;\n', ''),
    'PROTO_FIELD_NO_DELETE',
    'test/catalog/v1/catalog.proto/2/count/Item',
  ],
  [
    'a type changes',
    item.replace('int32 count', 'string count'),
    'PROTO_FIELD_SAME_TYPE',
    'test/catalog/v1/catalog.proto/2/count/Item',
  ],
  [
    'a number changes',
    item.replace('count = 2', 'count = 3'),
    'PROTO_FIELD_NO_DELETE',
    'test/catalog/v1/catalog.proto/2/count/Item',
  ],
])('fails when %s', async (_title, text, code, coordinate) => {
  repository.given(path, item);
  const found = await findings(() => repository.given(path, text));
  expect(found).toEqual([expect.objectContaining({ level: 'error', code, coordinate, file: path })]);
});

it('passes when a field comes, and when a subgraph gets its first file', async () => {
  repository.given(path, item);
  const found = await findings(() => {
    repository.given(path, item.replace('}', '  bool isOld = 3;\n}').replace('isOld', 'is_old'));
    repository.given(stockPath, stock);
  });
  expect(found).toEqual([]);
});

it('fails when a file goes, be it one of several or the last', async () => {
  repository.given(path, item);
  repository.given(stockPath, stock);
  expect(await findings(() => repository.without(stockPath))).toEqual([
    expect.objectContaining({ code: 'PROTO_FILE_NO_DELETE', coordinate: 'test/stock/v1/stock.proto' }),
  ]);
  expect(await findings(() => repository.without(path))).toEqual([
    expect.objectContaining({ code: 'PROTO_FILE_NO_DELETE', coordinate: 'test/catalog/v1/catalog.proto' }),
  ]);
});

it('lints and says that it did not compare when the base is no commit', async () => {
  repository.given(path, item);
  const found = await protoStep(
    versionOf(graph, 'supergraph.graphql'),
    versionOf(graph),
    contextOf(repository.root),
  );
  expect(found).toEqual([expect.objectContaining({ level: 'info', code: 'PROTO_NOT_COMPARED' })]);
});

it('fails when two subgraphs have a file of one path, as no import could tell them apart', async () => {
  repository.given(path, item);
  const twin = path.replace('subgraphs/catalog', 'subgraphs/stock');
  const found = await findings(() => repository.given(twin, item));
  expect(found).toEqual([expect.objectContaining({ level: 'error', code: 'PROTO_PATH_TAKEN', file: twin })]);
});
