import {
  type FieldNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { get, isObject, set } from '../plan/merge.ts';
import type { JsonObject } from '../subgraph-request.ts';
import { actualType } from './actual-type.ts';
import type { AnswerOptions } from './answer-options.ts';
import { byActualType } from './by-actual-type.ts';
import { type CollectedField, collectFields } from './collect-fields.ts';
import { compileWriter } from './compile-writer.ts';
import { valuesOf } from './leaf-values.ts';

/** Makes the answer out of what subgraphs have said. */
export interface ShapeAnswer {
  /** @returns null when nothing of it may be answered */
  shape(said: Said, introspection: JsonObject | null): JsonObject | null;
  /**
   * The same as JSON, for what is all as it should be; null for all else, which is to be shaped.
   * @param isUnescaped whether no text in it needs an escape in JSON
   */
  write(data: JsonObject, isUnescaped: boolean): Buffer | null;
  /** The fields of introspection among those of the root. */
  readonly introspected: readonly FieldNode[];
  /** Whether subgraphs are needed: false for an operation that asks for introspection and type names alone. */
  readonly needsData: boolean;
}

/** What subgraphs have said. */
export interface Said {
  readonly data: JsonObject;
  /** What went wrong so far; what the answer may not be is added, unless an error there explains it. */
  readonly errors: GraphQLError[];
  /** Objects with parts missing for which an error is there already. */
  readonly lost: ReadonlySet<JsonObject>;
}

/** Stands for a value that may not be null and is: whatever holds it becomes null, up to where that is allowed. */
const invalid = Symbol('invalid');

interface Shaping {
  readonly errors: GraphQLError[];
  readonly lost: Said['lost'];
  readonly introspection: JsonObject | null;
  /** Where the value that is being shaped stands in the answer. */
  readonly path: (string | number)[];
}

type Complete = (value: unknown, shaping: Shaping) => unknown;

/** Compiles the form of an answer, once for all requests with the same operation and conditions. */
export function compileAnswer(options: AnswerOptions): ShapeAnswer {
  const { schema, operation, fragments, conditions } = options;
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation}`);
  const fields = collectFields(
    schema,
    fragments,
    conditions,
    root,
    [operation.selectionSet],
    options.deferred,
  );
  const shapeRoot = compileObject(fields, root, options);
  const introspected = fields
    .filter(({ name }) => name === '__schema' || name === '__type')
    .map(({ node }) => node);
  const write = compileWriter(options);
  return {
    introspected,
    write: (data, isUnescaped) => (introspected.length > 0 ? null : write(data, isUnescaped)),
    needsData: fields.some(({ name }) => !name.startsWith('__')),
    shape({ data, errors, lost }, introspection) {
      const shaped = shapeRoot(data, { errors, lost, introspection, path: [] });
      return shaped === invalid ? null : (shaped as JsonObject);
    },
  };
}

/** Makes a part of an answer out of the object that it is a part of; null when nothing of it may be answered. */
export type ShapePart = (
  source: JsonObject,
  said: Omit<Said, 'data'>,
  path: readonly (string | number)[],
) => JsonObject | null;

/** Compiles the form of what a fragment shows of the objects at its place, which are of a type. */
export function compilePartAnswer(
  type: GraphQLCompositeType,
  { selectionSet }: { readonly selectionSet: SelectionSetNode },
  options: AnswerOptions,
): ShapePart {
  const complete = compileComposite(type, type.name, [selectionSet], options);
  return (source, { errors, lost }, path) => {
    const shaped = complete(source, { errors, lost, introspection: null, path: [...path] });
    return shaped === invalid ? null : (shaped as JsonObject | null);
  };
}

interface FieldPlan {
  /** In what subgraphs answered. */
  readonly source: string;
  /** In the answer. */
  readonly target: string;
  readonly complete: Complete;
  /** What it is where a subgraph that failed has said nothing of it. */
  readonly whenLost: null | typeof invalid | undefined;
}

function compileObject(
  fields: readonly CollectedField[],
  type: GraphQLCompositeType,
  options: AnswerOptions,
): Complete {
  const plans = fields.map((field) => compileField(field, type, options));
  return (value, shaping) => {
    const source = value as JsonObject;
    const answer: JsonObject = {};
    let isInvalid = false;
    const isLost = shaping.lost.has(source);
    for (const { source: name, target, complete, whenLost } of plans) {
      const value = get(source, name);
      let completed: unknown = whenLost;
      if (value !== undefined || !isLost || completed === undefined) {
        shaping.path.push(target);
        completed = complete(value, shaping);
        shaping.path.pop();
      }
      if (completed === invalid) isInvalid = true;
      else set(answer, target, completed);
    }
    return isInvalid ? invalid : answer;
  };
}

function compileField(
  { responseName, name, selectionSets }: CollectedField,
  parent: GraphQLCompositeType,
  options: AnswerOptions,
): FieldPlan {
  const target = options.clientNames.get(responseName) ?? responseName;
  if (name === '__typename') {
    // Of an object that only one subgraph knows, as another's interface, the type may have stayed unknown.
    const typename = isObjectType(parent) ? parent.name : invalid;
    return { source: responseName, target, complete: () => typename, whenLost: undefined };
  }
  if (name === '__schema' || name === '__type')
    return {
      source: responseName,
      target,
      complete: (_, { introspection }) => introspection?.[responseName] ?? null,
      whenLost: undefined,
    };
  const field = 'getFields' in parent ? parent.getFields()[name] : undefined;
  if (field === undefined) throw new Error(`The schema has no ${parent.name}.${name}`);
  const where = `${parent.name}.${name}`;
  return {
    source: responseName,
    target,
    complete: nullable(compileType(field.type, where, selectionSets, options)),
    whenLost: isNonNullType(field.type) ? invalid : null,
  };
}

/** What is invalid below becomes null here, if it may. */
function nullable(complete: Complete & { mayBeNull?: boolean }): Complete {
  if (complete.mayBeNull === false) return complete;
  return (value, shaping) => {
    const completed = complete(value, shaping);
    return completed === invalid ? null : completed;
  };
}

type SelectionSets = CollectedField['selectionSets'];

function compileType(
  type: GraphQLOutputType,
  where: string,
  selectionSets: SelectionSets,
  options: AnswerOptions,
): Complete & { mayBeNull?: boolean } {
  if (isNonNullType(type)) {
    const complete = compileType(type.ofType, where, selectionSets, options);
    const nonNull: Complete = (value, shaping) => {
      const before = shaping.errors.length;
      const completed = complete(value, shaping);
      if (completed !== null) return completed;
      if (shaping.errors.length === before)
        report(shaping, `Cannot return null for the non-nullable field ${where}`, 'NON_NULL_VIOLATED');
      return invalid;
    };
    return Object.assign(nonNull, { mayBeNull: false });
  }
  if (isListType(type)) {
    const complete = nullable(compileType(type.ofType, where, selectionSets, options));
    return (value, shaping) => {
      if (value === null || value === undefined) return null;
      if (!Array.isArray(value)) return malformed(shaping, where, 'a list');
      const list: unknown[] = new Array(value.length);
      let isInvalid = false;
      for (let index = 0; index < value.length; index += 1) {
        shaping.path.push(index);
        const completed = complete(value[index], shaping);
        shaping.path.pop();
        if (completed === invalid) isInvalid = true;
        list[index] = completed;
      }
      return isInvalid ? invalid : list;
    };
  }
  if (isLeafType(type)) {
    const isValue = valuesOf(type);
    return (value, shaping) => {
      if (value === null || value === undefined) return null;
      if (isValue(value)) return value;
      return malformed(shaping, where, isEnumType(type) ? `a value of ${type.name}` : `a ${type.name}`);
    };
  }
  return compileComposite(type, where, selectionSets, options);
}

function compileComposite(
  type: GraphQLCompositeType,
  where: string,
  selectionSets: SelectionSets,
  options: AnswerOptions,
): Complete {
  const shapeOf = byActualType<Complete>(selectionSets, options, (fields, actual) =>
    compileObject(fields, actual, options),
  );
  return (value, shaping) => {
    if (value === null || value === undefined) return null;
    if (!isObject(value)) return malformed(shaping, where, 'an object');
    const actual = actualType(options.schema, type, value.__typename);
    // What it is called is not said: it may be a type that clients must not know of.
    if (actual === null) return malformed(shaping, where, `an object of ${type.name}`);
    const shape = shapeOf(actual);
    return shape === null ? malformed(shaping, where, 'an object of known type') : shape(value, shaping);
  };
}

function malformed(shaping: Shaping, where: string, expected: string): null {
  report(
    shaping,
    `Expected ${expected} for ${where}, and a subgraph answered something else`,
    'SUBGRAPH_MALFORMED',
  );
  return null;
}

/** Adds an error for the value that is being shaped, unless one there, above or below explains it already. */
function report({ errors, path }: Shaping, message: string, code: string): void {
  const explained = errors.some(({ path: other }) => {
    if (other === undefined) return true;
    const length = Math.min(other.length, path.length);
    for (let at = 0; at < length; at += 1) if (other[at] !== path[at]) return false;
    return true;
  });
  if (!explained) errors.push(new GraphQLError(message, { path: [...path], extensions: { code } }));
}
