import {
  type GraphQLCompositeType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLOutputType,
  GraphQLString,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  specifiedScalarTypes,
} from 'graphql';
import { get, isObject } from '../plan/merge.ts';
import type { JsonObject } from '../subgraph-request.ts';
import { actualType } from './actual-type.ts';
import type { AnswerOptions } from './answer-options.ts';
import { type CollectedField, collectFields } from './collect-fields.ts';
import { isValueOf } from './leaf-values.ts';
import { quote } from './quote.ts';

/**
 * Writes what subgraphs have said as the JSON of an answer, without making the answer first.
 * @returns null when that is not all there is to it: something is not as the schema says, and has to be told
 */
export type WriteAnswer = (data: JsonObject) => string | null;

/** Null where a value may not be answered as it is. */
type Write = (value: unknown) => string | null;

/**
 * Compiles the writing of an answer to which nothing was lost. It writes what compileAnswer's form of it would be as JSON, and leaves all
 * that goes wrong to that.
 */
export function compileWriter(options: AnswerOptions): WriteAnswer {
  const { schema, operation, fragments, conditions } = options;
  const root = schema.getRootType(operation.operation);
  if (!root) return () => null;
  return compileObject(
    collectFields(schema, fragments, conditions, root, [operation.selectionSet], options.deferred),
    root,
    options,
  );
}

function compileObject(
  fields: readonly CollectedField[],
  type: GraphQLCompositeType,
  options: AnswerOptions,
): Write {
  const sources: string[] = [];
  const prefixes: string[] = [];
  const writes: Write[] = [];
  for (const [at, field] of fields.entries()) {
    const target = options.clientNames.get(field.responseName) ?? field.responseName;
    sources.push(field.responseName);
    prefixes.push(`${at === 0 ? '{' : ','}${quote(target)}:`);
    writes.push(compileField(field, type, options));
  }
  const count = sources.length;
  if (count === 0) return () => '{}';
  return (value) => {
    let text = '';
    for (let at = 0; at < count; at += 1) {
      const written = (writes[at] as Write)(get(value as JsonObject, sources[at] as string));
      if (written === null) return null;
      text += prefixes[at] as string;
      text += written;
    }
    return `${text}}`;
  };
}

function compileField(
  { name, selectionSets }: CollectedField,
  parent: GraphQLCompositeType,
  options: AnswerOptions,
): Write {
  if (name === '__typename') {
    const typename = isObjectType(parent) ? quote(parent.name) : null;
    return () => typename;
  }
  const field = 'getFields' in parent ? parent.getFields()[name] : undefined;
  return field === undefined ? () => null : compileType(field.type, selectionSets, options);
}

function compileType(
  type: GraphQLOutputType,
  selectionSets: CollectedField['selectionSets'],
  options: AnswerOptions,
): Write {
  if (isNonNullType(type)) {
    const write = compileType(type.ofType, selectionSets, options);
    return (value) => (value === null || value === undefined ? null : write(value));
  }
  const write = isListType(type)
    ? compileList(compileType(type.ofType, selectionSets, options))
    : isLeafType(type)
      ? compileLeaf(type)
      : compileComposite(type, selectionSets, options);
  return (value) => (value === null || value === undefined ? 'null' : write(value));
}

function compileList(write: Write): Write {
  return (value) => {
    if (!Array.isArray(value)) return null;
    let text = '[';
    for (let index = 0; index < value.length; index += 1) {
      const written = write(value[index]);
      if (written === null) return null;
      text += index === 0 ? written : `,${written}`;
    }
    return `${text}]`;
  };
}

function compileLeaf(type: GraphQLLeafType): Write {
  if (isEnumType(type)) return (value) => (isValueOf(type, value) ? quote(value as string) : null);
  switch (type.name) {
    case GraphQLString.name:
    case GraphQLID.name:
      return (value) =>
        typeof value === 'string' ? quote(value) : isValueOf(type, value) ? String(value) : null;
    case GraphQLInt.name:
    case GraphQLFloat.name:
      return (value) => (isValueOf(type, value) ? JSON.stringify(value) : null);
    default:
      return specifiedScalarTypes.some(({ name }) => name === type.name)
        ? (value) => (isValueOf(type, value) ? String(value) : null)
        : (value) => JSON.stringify(value) ?? null;
  }
}

function compileComposite(
  type: GraphQLCompositeType,
  selectionSets: CollectedField['selectionSets'],
  options: AnswerOptions,
): Write {
  const { schema, fragments, conditions } = options;
  const byType = new Map<string, Write>();
  const writeOf = (actual: GraphQLCompositeType): Write => {
    const known = byType.get(actual.name);
    if (known !== undefined) return known;
    const made = compileObject(
      collectFields(schema, fragments, conditions, actual, selectionSets, options.deferred),
      actual,
      options,
    );
    byType.set(actual.name, made);
    return made;
  };
  if (isObjectType(type)) {
    // Compiled when it is first met: a type may hold itself.
    let write: Write | undefined;
    return (value) => {
      if (!isObject(value)) return null;
      write ??= writeOf(type);
      return write(value);
    };
  }
  return (value) => {
    if (!isObject(value)) return null;
    const actual = actualType(schema, type, value.__typename);
    return actual === null ? null : writeOf(actual)(value);
  };
}
