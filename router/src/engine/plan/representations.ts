import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { JsonObject } from '../subgraph-request.ts';
import { get, isObject, set } from './merge.ts';
import { hiddenName, type IsOfType } from './rewrites.ts';

/** Reads from an object what a subgraph needs to find it; null when it lacks something, as after a failure. */
export type ReadRepresentation = (source: JsonObject) => JsonObject | null;

/** Compiles the `requires` of a fetch. What it reads of a type is worked out once for each type that occurs. */
export function compileRepresentation(
  selections: readonly QueryPlanSelectionNode[],
  isOfType: IsOfType,
): ReadRepresentation {
  const readers = new Map<unknown, readonly FieldReader[]>();
  const readersOf = (typename: unknown) => {
    const known = readers.get(typename);
    if (known !== undefined) return known;
    const made = fieldReaders(selections, typename, isOfType);
    readers.set(typename, made);
    return made;
  };
  return (source) => {
    const representation: JsonObject = {};
    for (const { name, read } of readersOf(source.__typename)) {
      const value = read(source);
      if (value === undefined) return null;
      set(representation, name, value);
    }
    return representation;
  };
}

interface FieldReader {
  readonly name: string;
  /** Undefined when it is not there. */
  readonly read: (source: JsonObject) => unknown;
}

function fieldReaders(
  selections: readonly QueryPlanSelectionNode[],
  typename: unknown,
  isOfType: IsOfType,
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
    read: isLeaf
      ? (source: JsonObject) => readField(source, name)
      : readNested(name, compileRepresentation(inner, isOfType)),
  }));
}

function readNested(name: string, read: ReadRepresentation): FieldReader['read'] {
  const readValue = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(readValue);
    return isObject(value) ? read(value) : (value ?? null);
  };
  return (source) => {
    const value = readField(source, name);
    return value === undefined ? undefined : readValue(value);
  };
}

function readField(source: JsonObject, name: string): unknown {
  const hidden = source[hiddenName(name)];
  return hidden === undefined ? get(source, name) : hidden;
}
