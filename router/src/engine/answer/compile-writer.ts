import {
  type GraphQLCompositeType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { get, isObject } from '../plan/merge.ts';
import type { JsonObject } from '../subgraph-request.ts';
import { actualType } from './actual-type.ts';
import type { AnswerOptions } from './answer-options.ts';
import { type CollectedField, collectFields } from './collect-fields.ts';
import { valuesOf } from './leaf-values.ts';
import { enclose, quote } from './quote.ts';

/**
 * Writes what subgraphs have said as the JSON of an answer, without making the answer first.
 * @param isUnescaped whether no text in it needs an escape in JSON, so that none need be looked for
 * @returns null when that is not all there is to it: something is not as the schema says, and has to be told
 */
export type WriteAnswer = (data: JsonObject, isUnescaped: boolean) => string | null;

/** Null where a value may not be answered as it is. `text` writes texts. */
type Write = (value: unknown, text: typeof quote) => string | null;

/**
 * Compiles the writing of an answer to which nothing was lost. It writes what compileAnswer's form of it would be as JSON, and leaves all
 * that goes wrong to that.
 */
export function compileWriter(options: AnswerOptions): WriteAnswer {
  const { schema, operation, fragments, conditions } = options;
  const root = schema.getRootType(operation.operation);
  if (!root) return () => null;
  const write = compileObject(
    collectFields(schema, fragments, conditions, root, [operation.selectionSet], options.deferred),
    root,
    options,
  );
  return (data, isUnescaped) => write(data, isUnescaped ? enclose : quote);
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
  return (value, text) => {
    let object = '';
    for (let at = 0; at < count; at += 1) {
      const written = (writes[at] as Write)(get(value as JsonObject, sources[at] as string), text);
      if (written === null) return null;
      object += prefixes[at] as string;
      object += written;
    }
    return `${object}}`;
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
    return (value, text) => (value === null || value === undefined ? null : write(value, text));
  }
  const write = isListType(type)
    ? compileList(compileType(type.ofType, selectionSets, options))
    : isLeafType(type)
      ? compileLeaf(type)
      : compileComposite(type, selectionSets, options);
  return (value, text) => (value === null || value === undefined ? 'null' : write(value, text));
}

function compileList(write: Write): Write {
  return (value, text) => {
    if (!Array.isArray(value)) return null;
    let list = '[';
    for (let index = 0; index < value.length; index += 1) {
      const written = write(value[index], text);
      if (written === null) return null;
      list += index === 0 ? written : `,${written}`;
    }
    return `${list}]`;
  };
}

function compileLeaf(type: GraphQLLeafType): Write {
  const isValue = valuesOf(type);
  if (!isEnumType(type) && !isSpecifiedScalarType(type)) return (value) => JSON.stringify(value) ?? null;
  return (value, text) => {
    if (!isValue(value)) return null;
    if (typeof value === 'string') return text(value);
    // Too large a number for JavaScript is read as infinite, which JSON cannot hold.
    return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY ? 'null' : String(value);
  };
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
    return (value, text) => {
      if (!isObject(value)) return null;
      write ??= writeOf(type);
      return write(value, text);
    };
  }
  return (value, text) => {
    if (!isObject(value)) return null;
    const actual = actualType(schema, type, value.__typename);
    return actual === null ? null : writeOf(actual)(value, text);
  };
}
