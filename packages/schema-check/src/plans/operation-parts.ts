import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { membersPart, partInGraph, type SupergraphParts } from './supergraph-parts.ts';

/**
 * The parts of a supergraph that the plan of an operation rests on: every type that it passes, every field that it
 * selects, on all types that may stand there, and the same of what keys, @requires and @provides name; of these, what is
 * said by the subgraphs that can have a share in the plan. While these parts are the same the plan is the same.
 */
export function partsOfOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  supergraph: SupergraphParts,
): Set<string> {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const walk = new Walk(supergraph, fragments);
  walk.select(supergraph.rootTypes.get(operation.operation) ?? '', operation.selectionSet);
  return walk.parts();
}

class Walk {
  readonly #supergraph: SupergraphParts;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #spread = new Set<string>();
  /** The fields that are used of each type on the way. */
  readonly #used = new Map<string, Set<string>>();
  /** The abstract types on the way. */
  readonly #abstract = new Set<string>();

  constructor(supergraph: SupergraphParts, fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#supergraph = supergraph;
    this.#fragments = fragments;
  }

  select(type: string, { selections }: SelectionSetNode): void {
    this.#pass(type);
    for (const selection of selections) {
      switch (selection.kind) {
        case Kind.FIELD:
          for (const answer of this.#field(type, selection.name.value)) {
            if (selection.selectionSet) this.select(answer, selection.selectionSet);
          }
          break;
        case Kind.INLINE_FRAGMENT:
          this.select(selection.typeCondition?.name.value ?? type, selection.selectionSet);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const name = selection.name.value;
          const fragment = this.#fragments.get(name);
          if (!fragment || this.#spread.has(name)) break;
          this.#spread.add(name);
          this.select(fragment.typeCondition.name.value, fragment.selectionSet);
        }
      }
    }
  }

  parts(): Set<string> {
    // What concerns every plan comes first.
    const parts = new Set(['', ...[...this.#abstract].map(membersPart)]);
    const idle = new Map<string, boolean>();
    const addOfGraphs = (part: string, graphs: Iterable<string>) => {
      for (const graph of graphs) {
        const isIdle = idle.get(graph) ?? this.#isIdle(graph);
        idle.set(graph, isIdle);
        if (!isIdle) parts.add(partInGraph(part, graph));
      }
    };
    for (const [name, fields] of this.#used) {
      parts.add(name);
      const type = this.#supergraph.types.get(name);
      // The root types are in every subgraph; it is their fields that say where to begin.
      if (!type?.isRoot) addOfGraphs(name, type?.graphs.keys() ?? []);
      for (const field of fields) {
        parts.add(`${name}.${field}`);
        addOfGraphs(`${name}.${field}`, type?.fields.get(field)?.graphs.keys() ?? []);
      }
    }
    return parts;
  }

  /** A type on the way, and all that a value of it may be. */
  #pass(name: string): void {
    this.#enter(name);
    const type = this.#supergraph.types.get(name);
    if (!type?.isAbstract || this.#abstract.has(name)) return;
    this.#abstract.add(name);
    for (const member of type.possibleTypes) this.#enter(member);
  }

  /** How a type is reached; by a key of its interface too, where a subgraph has that as an @interfaceObject. */
  #enter(name: string): void {
    if (this.#used.has(name)) return;
    this.#used.set(name, new Set());
    const type = this.#supergraph.types.get(name);
    const keys = new Set([...(type?.graphs.values() ?? [])].flatMap((graph) => graph.keys));
    for (const key of keys) this.#fieldSet(name, key);
    for (const other of type?.interfaces ?? []) this.#enter(other);
  }

  /** @returns the types that the field answers: more than one when a type narrows what its interface says */
  #field(owner: string, field: string): Set<string> {
    const type = this.#supergraph.types.get(owner);
    const answers = new Set<string>();
    for (const name of [owner, ...(type?.interfaces ?? []), ...(type?.possibleTypes ?? [])]) {
      const found = this.#supergraph.types.get(name)?.fields.get(field);
      if (!found) continue;
      if (this.#supergraph.types.has(found.type)) answers.add(found.type);
      this.#enter(name);
      const used = this.#used.get(name);
      if (!used || used.has(field)) continue;
      used.add(field);
      for (const set of found.requires) this.#fieldSet(name, set);
      for (const set of found.provides) this.#fieldSet(found.type, set);
    }
    return answers;
  }

  #fieldSet(type: string, text: string): void {
    const [definition] = parse(`{${text}}`, { noLocation: true }).definitions;
    if (definition?.kind === Kind.OPERATION_DEFINITION) this.select(type, definition.selectionSet);
  }

  /**
   * Whether a subgraph can have no share in the plan. It is entered at a root field or by a key. Where it has none of the
   * used fields save those of the one key by which it is entered, there is nothing to enter it for: it answers only what
   * was known before, and leads only where one could go already.
   */
  #isIdle(graph: string): boolean {
    for (const [name, fields] of this.#used) {
      const type = this.#supergraph.types.get(name);
      const inGraph = type?.graphs.get(graph);
      if (!type || !inGraph) continue;
      const answered = [...fields].filter((field) => type.fields.get(field)?.graphs.get(graph)?.isResolved);
      if (type.isRoot) {
        if (answered.length > 0) return false;
        continue;
      }
      const [key, ...others] = inGraph.keys;
      // A type without a key is only reached by a field that leads to it, which is looked at where it is.
      if (key === undefined) continue;
      if (type.isAbstract || others.length > 0 || !isFlat(key)) return false;
      const known = new Set(key.split(/[\s,]+/));
      if (answered.some((field) => !known.has(field))) return false;
    }
    return true;
  }
}

function isFlat(key: string): boolean {
  return /^[\w\s,]+$/.test(key);
}
