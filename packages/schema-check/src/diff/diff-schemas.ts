import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { type GraphQLSchema, isInputObjectType, isInterfaceType, isNonNullType, isObjectType } from 'graphql';
import { coordinateOf } from './coordinate-of.ts';
import type { ChangeLevel, SchemaChange } from './schema-change.ts';

/** Directives of execution that a schema has or has not by the way it was obtained. */
const ofExecution = new Set(['@defer', '@stream']);

/** Several steps ask for the differences of the same schemas. */
const found = new WeakMap<GraphQLSchema, WeakMap<GraphQLSchema, readonly SchemaChange[]>>();

/**
 * What differs between two API schemas, as @graphql-inspector/core finds it, the gravest first; found once.
 * What is new with a new type is not told one by one, and what is known twice is told once.
 */
export async function diffSchemas(
  before: GraphQLSchema,
  after: GraphQLSchema,
): Promise<readonly SchemaChange[]> {
  const known = found.get(before)?.get(after);
  if (known) return known;
  const changes = await findChanges(before, after);
  const byAfter = found.get(before) ?? new WeakMap<GraphQLSchema, readonly SchemaChange[]>();
  byAfter.set(after, changes);
  found.set(before, byAfter);
  return changes;
}

async function findChanges(before: GraphQLSchema, after: GraphQLSchema): Promise<SchemaChange[]> {
  const changes = (await diff(before, after)).flatMap((change) => {
    const coordinate = coordinateOf(change);
    return ofExecution.has(coordinate.replace(/\(.*/, '')) || isRepetition(change)
      ? []
      : [{ change, coordinate }];
  });
  const added = new Set(
    changes.flatMap(({ change, coordinate }) =>
      /^(TYPE|FIELD|DIRECTIVE)_ADDED$/.test(change.type) ? coordinate : [],
    ),
  );
  const order: readonly ChangeLevel[] = ['breaking', 'dangerous', 'safe'];
  return changes
    .filter(({ change, coordinate }) => !isPartOfAddition(change, coordinate, added))
    .map(({ change, coordinate }) => ({
      level: levelOf(change, coordinate, after),
      code: change.type as string,
      coordinate,
      message: change.message,
      reason: change.criticality.reason ?? null,
    }))
    .sort((one, other) => order.indexOf(one.level) - order.indexOf(other.level));
}

/** A deprecation of a field or an enum value comes as a change of its own and as a use of the directive. */
function isRepetition(change: Change): boolean {
  const code = change.type as string;
  if (!/^DIRECTIVE_USAGE_(FIELD_DEFINITION|ENUM_VALUE|FIELD|ARGUMENT)_(ADDED|REMOVED)$/.test(code))
    return false;
  return Object.values(change.meta as object).includes('deprecated') || /@deprecated/.test(change.path ?? '');
}

function isPartOfAddition(change: Change, coordinate: string, added: ReadonlySet<string>): boolean {
  if (change.criticality.level !== CriticalityLevel.NonBreaking) return false;
  const isWhole = /^(TYPE|DIRECTIVE)_ADDED$/.test(change.type);
  const owner = coordinate.replace(/[.(].*$/, '');
  if (added.has(owner)) return !isWhole;
  return added.has(coordinate.replace(/\(.*$/, '')) && change.type !== 'FIELD_ADDED';
}

function levelOf(change: Change, coordinate: string, after: GraphQLSchema): ChangeLevel {
  switch (change.type as string) {
    // The library takes a default that goes for a change of behaviour; with it goes the right to leave the value out.
    case 'FIELD_ARGUMENT_DEFAULT_CHANGED':
    case 'INPUT_FIELD_DEFAULT_VALUE_CHANGED':
      if (isRequired(coordinate, after)) return 'breaking';
      break;
    // And it takes a new argument of a directive for a break also when it has a default.
    case 'DIRECTIVE_ARGUMENT_ADDED':
      if (!isRequired(coordinate, after)) return 'safe';
      break;
    default:
  }
  switch (change.criticality.level) {
    case CriticalityLevel.Breaking:
      return 'breaking';
    case CriticalityLevel.Dangerous:
      return 'dangerous';
    default:
      return 'safe';
  }
}

/** Whether an argument or an input field must be given. */
function isRequired(coordinate: string, schema: GraphQLSchema): boolean {
  const input = inputAt(coordinate, schema);
  return input !== undefined && isNonNullType(input.type) && input.defaultValue === undefined;
}

function inputAt(coordinate: string, schema: GraphQLSchema) {
  const [, owner = '', field, argument] = /^(@?\w+)(?:\.(\w+))?(?:\((\w+):\))?$/.exec(coordinate) ?? [];
  if (owner.startsWith('@'))
    return schema.getDirective(owner.slice(1))?.args.find(({ name }) => name === argument);
  const type = schema.getType(owner);
  if (field === undefined) return undefined;
  if (isInputObjectType(type)) return type.getFields()[field];
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  return type.getFields()[field]?.args.find(({ name }) => name === argument);
}
