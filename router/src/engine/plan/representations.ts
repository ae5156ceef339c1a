import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { JsonObject } from '../subgraph-request.ts';
import type { IsOfType } from '../type-conditions.ts';
import { get, isObject, set } from './merge.ts';
import type { RequiredName } from './required-arguments.ts';
import { hiddenName } from './rewrites.ts';

/**
 * Reads from an object what a subgraph needs to find it. What a condition left out is left out here as well, since
 * nothing that is asked for is made of it.
 * @param lost objects with parts missing after a failure
 * @returns null for an object that lacks something after a failure
 */
export interface ReadRepresentation {
  (source: JsonObject, lost: ReadonlySet<JsonObject>): JsonObject | null;
  /**
   * A value that is the same for objects of one type and the same representation, and for no others of the type: cheaper than
   * the representation is.
   * @returns null for an object that it cannot be said of without making the representation
   */
  keyOf(source: JsonObject): string | number | boolean | null;
}

/** Compiles the `requires` of a fetch. What it reads of a type is worked out once for each type that occurs. */
export function compileRepresentation(
  selections: readonly QueryPlanSelectionNode[],
  isOfType: IsOfType,
  required?: RequiredName,
): ReadRepresentation {
  const readers = new Map<unknown, readonly FieldReader[]>();
  const readersOf = (typename: unknown) => {
    const known = readers.get(typename);
    if (known !== undefined) return known;
    const made = fieldReaders(selections, typename, isOfType, required);
    readers.set(typename, made);
    return made;
  };
  const readRepresentation = (source: JsonObject, lost: ReadonlySet<JsonObject>) => {
    const representation: JsonObject = {};
    for (const { name, read } of readersOf(source.__typename)) {
      const value = read(source, lost);
      if (value !== undefined) set(representation, name, value);
      else if (lost.has(source)) return null;
    }
    return representation;
  };
  const keys = new Map<unknown, ReturnType<typeof keyReader>>();
  const keyOf = (source: JsonObject) => {
    let read = keys.get(source.__typename);
    if (read === undefined) {
      read = keyReader(readersOf(source.__typename));
      keys.set(source.__typename, read);
    }
    return read(source);
  };
  return Object.assign(readRepresentation, { keyOf });
}

const nothing: ReadonlySet<JsonObject> = new Set();

/** Reads the key of objects of one type: of a single field its value, of several a text made of them. */
function keyReader(readers: readonly FieldReader[]): ReadRepresentation['keyOf'] {
  const telling = readers.filter(({ name }) => name !== '__typename');
  const [only] = telling;
  if (only === undefined || telling.some(({ isLeaf }) => !isLeaf)) return () => null;
  if (telling.length === 1) {
    return (source) => {
      const value = only.read(source, nothing);
      return isPlain(value) ? value : null;
    };
  }
  return (source) => {
    let key = '';
    for (const { read } of telling) {
      const value = read(source, nothing);
      if (!isPlain(value)) return null;
      key += typeof value === 'string' ? `"${value.length}:${value}` : `,${value}`;
    }
    return key;
  };
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

interface FieldReader {
  readonly name: string;
  readonly isLeaf: boolean;
  /** Undefined when it is not there. */
  readonly read: (source: JsonObject, lost: ReadonlySet<JsonObject>) => unknown;
}

function fieldReaders(
  selections: readonly QueryPlanSelectionNode[],
  typename: unknown,
  isOfType: IsOfType,
  required: RequiredName | undefined,
): readonly FieldReader[] {
  const byName = new Map<string, { isLeaf: boolean; selections: QueryPlanSelectionNode[] }>();
  const collect = (nodes: readonly QueryPlanSelectionNode[]) => {
    for (const node of nodes) {
      if (node.kind === 'InlineFragment') {
        if (node.typeCondition === undefined || isOfType(typename, node.typeCondition))
          collect(node.selections);
        continue;
      }
      const name = node.alias ?? node.name;
      const field = byName.get(name) ?? { isLeaf: node.selections === undefined, selections: [] };
      field.selections.push(...(node.selections ?? []));
      byName.set(name, field);
    }
  };
  collect(selections);
  return [...byName].map(([name, { isLeaf, selections: inner }]) => ({
    name,
    isLeaf,
    read: isLeaf
      ? readLeaf(name, required?.(typename, name))
      : readNested(name, compileRepresentation(inner, isOfType, below(required, typename, name))),
  }));
}

function readLeaf(name: string, kept: string | undefined): FieldReader['read'] {
  const readOwn = readField(name);
  if (kept === undefined) return readOwn;
  return (source) => {
    const own = source[kept];
    return own === undefined ? readOwn(source) : own;
  };
}

function readNested(name: string, read: ReadRepresentation): FieldReader['read'] {
  const readOwn = readField(name);
  const readValue = (value: unknown, lost: ReadonlySet<JsonObject>): unknown => {
    if (Array.isArray(value)) return value.map((element) => readValue(element, lost));
    return isObject(value) ? read(value, lost) : (value ?? null);
  };
  return (source, lost) => {
    const value = readOwn(source);
    return value === undefined ? undefined : readValue(value, lost);
  };
}

/** The names of what is required below a field, whatever the type of its value. */
function below(
  required: RequiredName | undefined,
  typename: unknown,
  name: string,
): RequiredName | undefined {
  return required && ((_, path) => required(typename, `${name}.${path}`));
}

/** A field under its own name, also where the client has given that name to something else. */
function readField(name: string): (source: JsonObject) => unknown {
  const hidden = hiddenName(name);
  return (source) => {
    const value = source[hidden];
    return value === undefined ? get(source, name) : value;
  };
}
