import {
  type GraphQLCompositeType,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLOutputType,
  GraphQLString,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { get, isObject } from '../plan/merge.ts';
import type { JsonObject } from '../subgraph-request.ts';
import { actualType } from './actual-type.ts';
import type { AnswerOptions } from './answer-options.ts';
import { byActualType } from './by-actual-type.ts';
import { type CollectedField, collectFields } from './collect-fields.ts';
import { JsonBytes } from './json-bytes.ts';
import { valuesOf } from './leaf-values.ts';

/**
 * Writes what subgraphs have said as the JSON of an answer, `{"data":…}` and a line feed, without making the answer first.
 * @param isUnescaped whether no text in it needs an escape in JSON, so that none need be looked for
 * @returns null when that is not all there is to it: something is not as the schema says, and has to be told
 */
export type WriteAnswer = (data: JsonObject, isUnescaped: boolean) => Buffer | null;

/** Whether the value could be written: it may be answered as it is, and so may all below it. */
type Write = (value: unknown, out: JsonBytes) => boolean;

const out = new JsonBytes();
const bytesOf = (json: string): Uint8Array => Buffer.from(json);
const nothing = bytesOf('null');
const yes = bytesOf('true');
const no = bytesOf('false');
const before = bytesOf('{"data":');
const after = bytesOf('}\n');
const [openList, comma, closeList, closeObject] = [0x5b, 0x2c, 0x5d, 0x7d];

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
  return (data, isUnescaped) => {
    out.begin(isUnescaped);
    out.raw(before);
    if (!write(data, out)) return null;
    out.raw(after);
    return out.end();
  };
}

function compileObject(
  fields: readonly CollectedField[],
  type: GraphQLCompositeType,
  options: AnswerOptions,
): Write {
  const sources: string[] = [];
  const prefixes: Uint8Array[] = [];
  const writes: Write[] = [];
  for (const [at, field] of fields.entries()) {
    const target = options.clientNames.get(field.responseName) ?? field.responseName;
    sources.push(field.responseName);
    prefixes.push(bytesOf(`${at === 0 ? '{' : ','}${JSON.stringify(target)}:`));
    writes.push(compileField(field, type, options));
  }
  const count = sources.length;
  const empty = bytesOf('{}');
  return (value, out) => {
    for (let at = 0; at < count; at += 1) {
      out.raw(prefixes[at] as Uint8Array);
      if (!(writes[at] as Write)(get(value as JsonObject, sources[at] as string), out)) return false;
    }
    if (count === 0) out.raw(empty);
    else out.byte(closeObject);
    return true;
  };
}

function compileField(
  { name, selectionSets }: CollectedField,
  parent: GraphQLCompositeType,
  options: AnswerOptions,
): Write {
  if (name === '__typename') {
    if (!isObjectType(parent)) return () => false;
    const typename = bytesOf(JSON.stringify(parent.name));
    return (_, out) => {
      out.raw(typename);
      return true;
    };
  }
  const field = 'getFields' in parent ? parent.getFields()[name] : undefined;
  return field === undefined ? () => false : compileType(field.type, selectionSets, options);
}

function compileType(
  type: GraphQLOutputType,
  selectionSets: CollectedField['selectionSets'],
  options: AnswerOptions,
): Write {
  if (isNonNullType(type)) return compilePresent(type.ofType, selectionSets, options);
  const write = compilePresent(type, selectionSets, options);
  return (value, out) => {
    if (value !== null && value !== undefined) return write(value, out);
    out.raw(nothing);
    return true;
  };
}

/** Of a value that is not null: for null there is nothing to write. */
function compilePresent(
  type: GraphQLOutputType,
  selectionSets: CollectedField['selectionSets'],
  options: AnswerOptions,
): Write {
  if (isLeafType(type)) return compileLeaf(type);
  return isListType(type)
    ? compileList(compileType(type.ofType, selectionSets, options))
    : compileComposite(type, selectionSets, options);
}

function compileList(write: Write): Write {
  return (value, out) => {
    if (!Array.isArray(value)) return false;
    out.byte(openList);
    for (let index = 0; index < value.length; index += 1) {
      if (index > 0) out.byte(comma);
      if (!write(value[index], out)) return false;
    }
    out.byte(closeList);
    return true;
  };
}

function compileLeaf(type: GraphQLLeafType): Write {
  const isValue = valuesOf(type);
  const takesTexts = type.name === GraphQLString.name || type.name === GraphQLID.name;
  return (value, out) => {
    if (takesTexts && typeof value === 'string') {
      out.text(value);
      return true;
    }
    if (value === null || value === undefined || !isValue(value)) return false;
    if (typeof value === 'string') out.text(value);
    else if (typeof value === 'number') out.number(value);
    else if (typeof value === 'boolean') out.raw(value ? yes : no);
    // Of a scalar of one's own.
    else out.json(JSON.stringify(value));
    return true;
  };
}

function compileComposite(
  type: GraphQLCompositeType,
  selectionSets: CollectedField['selectionSets'],
  options: AnswerOptions,
): Write {
  const writeOf = byActualType<Write>(selectionSets, options, (fields, actual) =>
    compileObject(fields, actual, options),
  );
  if (isObjectType(type)) {
    // Compiled when it is first met.
    let write: Write | null | undefined;
    return (value, out) => {
      if (!isObject(value)) return false;
      write ??= writeOf(type);
      return write !== null && write(value, out);
    };
  }
  return (value, out) => {
    if (!isObject(value)) return false;
    const actual = actualType(options.schema, type, value.__typename);
    return actual !== null && writeOf(actual)?.(value, out) === true;
  };
}
