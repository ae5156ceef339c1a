import type { FieldDefinitionNode } from 'graphql';
import {
  hasDirective,
  isList,
  keysOf,
  type LintedSubgraph,
  type LintedType,
  type LintRule,
  namedTypeOf,
  placeOf,
  written,
} from '../linted-graph.ts';

/** A list that can grow is a Relay connection with keyset cursors: https://relay.dev/graphql/connections.htm */
export const connections: LintRule = function* (subgraphs) {
  const entities = new Set(
    subgraphs.flatMap(({ types }) =>
      [...types.values()].filter((type) => keysOf(type).length > 0).map(({ name }) => name),
    ),
  );
  for (const subgraph of subgraphs) {
    for (const type of subgraph.types.values()) {
      if (type.kind === 'object' && type.name.endsWith('Connection')) yield* shapeOf(type, subgraph);
      if (type.name.endsWith('Connection') || type.kind === 'input') continue;
      for (const field of type.fields) {
        yield* listOf(field, type, entities);
        yield* argumentsOf(field, type);
      }
    }
  }
};

/** The shape of a connection and of its edges. */
function* shapeOf(connection: LintedType, { types }: LintedSubgraph): ReturnType<LintRule> {
  const node = connection.name.slice(0, -'Connection'.length);
  const edge = `${node}Edge`;
  yield* expectFields(connection, {
    edges: `[${edge}!]!`,
    nodes: `[${node}!]!`,
    pageInfo: 'PageInfo!',
  });
  const total = connection.fields.find(({ name }) => name.value === 'totalCount');
  if (total && written(total.type) !== 'Int') {
    yield shapeProblem(connection, 'totalCount', 'Int', written(total.type), total);
  }
  const edges = types.get(edge);
  if (edges) yield* expectFields(edges, { node: `${node}!`, cursor: 'String!' });
}

function* expectFields(type: LintedType, expected: Readonly<Record<string, string>>): ReturnType<LintRule> {
  for (const [name, wanted] of Object.entries(expected)) {
    const field = type.fields.find((candidate) => candidate.name.value === name);
    const found = field ? written(field.type) : 'nothing';
    if (found !== wanted) yield shapeProblem(type, name, wanted, found, field);
  }
}

function shapeProblem(
  type: LintedType,
  name: string,
  expected: string,
  found: string,
  field: FieldDefinitionNode | undefined,
) {
  return {
    level: 'error' as const,
    code: 'CONNECTION_SHAPE',
    message: `Expected ${type.name}.${name} to be ${expected}, as in every connection, and found ${found}.`,
    mend: `Write ${name}: ${expected}`,
    coordinate: `${type.name}.${name}`,
    ...placeOf(type.subgraph, field ?? type.node),
  };
}

/** A list of entities is a connection, or says how long it can be. */
function* listOf(
  field: FieldDefinitionNode,
  type: LintedType,
  entities: ReadonlySet<string>,
): ReturnType<LintRule> {
  const item = namedTypeOf(field.type);
  if (!isList(field.type) || !entities.has(item) || hasDirective(field, 'external')) return;
  if (hasDirective(field, 'listSize') || bound.test(field.description?.value ?? '')) return;
  yield {
    level: 'warning',
    code: 'LIST_CAN_GROW',
    message: `Expected ${type.name}.${field.name.value} to be a connection (${item}Connection), or to say how long it can be, and found ${written(field.type)}.`,
    mend: `Return ${item}Connection, with first, after, last and before; or, when it cannot grow, say so in its description: "100 at most."`,
    coordinate: `${type.name}.${field.name.value}`,
    ...placeOf(type.subgraph, field),
  };
}

/** How a description says that a list cannot grow. */
const bound = /\b(at most|up to|no more than|at the most|a few|has few|the few|maximum)\b/i;

const expectedArguments = { first: 'Int', after: 'String', last: 'Int', before: 'String' } as const;

/** What returns a connection is paged forwards and backwards. */
function* argumentsOf(field: FieldDefinitionNode, type: LintedType): ReturnType<LintRule> {
  if (!namedTypeOf(field.type).endsWith('Connection') || hasDirective(field, 'external')) return;
  const coordinate = `${type.name}.${field.name.value}`;
  const given = new Map((field.arguments ?? []).map((argument) => [argument.name.value, argument]));
  const missing = Object.keys(expectedArguments).filter((name) => !given.has(name));
  if (missing.length > 0) {
    const isForward = given.has('first') && given.has('after');
    yield {
      level: isForward ? 'warning' : 'error',
      code: 'CONNECTION_ARGUMENTS',
      message: `Expected ${coordinate} to take first, after, last and before, as every connection does, and found no ${missing.join(', no ')}.`,
      mend: `Add ${missing.map((name) => `${name}: ${expectedArguments[name as keyof typeof expectedArguments]}`).join(', ')}.`,
      coordinate,
      ...placeOf(type.subgraph, field),
    };
  }
  for (const [name, expected] of Object.entries(expectedArguments)) {
    const argument = given.get(name);
    if (!argument || written(argument.type) === expected) continue;
    yield {
      level: 'error',
      code: 'CONNECTION_ARGUMENTS',
      message: `Expected ${coordinate}(${name}:) to be ${expected}, and found ${written(argument.type)}.`,
      mend: `Write ${name}: ${expected}`,
      coordinate: `${coordinate}(${name}:)`,
      ...placeOf(type.subgraph, argument),
    };
  }
}
