import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type TypeNode,
  visit,
} from 'graphql';

/** A type of a supergraph as the planner sees it. */
export interface SupergraphType {
  /** What is true of the type in whichever subgraph. Of an abstract type it is all that is said of it. */
  readonly head: string;
  readonly isRoot: boolean;
  readonly isAbstract: boolean;
  /** What each subgraph that has the type says of it. */
  readonly graphs: ReadonlyMap<string, TypeInGraph>;
  readonly interfaces: readonly string[];
  /** The object types that a value of an abstract type may have. */
  readonly possibleTypes: readonly string[];
  readonly fields: ReadonlyMap<string, SupergraphField>;
}

export interface TypeInGraph {
  readonly text: string;
  /** Field sets by which the subgraph can be entered at this type. */
  readonly keys: readonly string[];
}

export interface SupergraphField {
  /** What is true of the field in whichever subgraph. */
  readonly signature: string;
  /** What each subgraph that has the field says of it. */
  readonly graphs: ReadonlyMap<string, FieldInGraph>;
  /** The named type of what it answers. */
  readonly type: string;
  /** Field sets on the type that has the field. */
  readonly requires: readonly string[];
  /** Field sets on the type that it answers. */
  readonly provides: readonly string[];
}

export interface FieldInGraph {
  readonly text: string;
  /** False for a field that the subgraph only refers to. */
  readonly isResolved: boolean;
}

export interface SupergraphParts {
  readonly types: ReadonlyMap<string, SupergraphType>;
  readonly rootTypes: ReadonlyMap<string, string>;
  /** What concerns every plan. */
  readonly common: string;
}

type FieldedNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** Takes the text of a supergraph apart into what plans are made of. */
export function partsOf(supergraphSdl: string): SupergraphParts {
  const document = visit(parse(supergraphSdl, { noLocation: true }), {
    enter: (node) =>
      'description' in node && node.description ? { ...node, description: undefined } : undefined,
  });
  const rootTypes = new Map<string, string>();
  const implementers = new Map<string, string[]>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.SCHEMA_DEFINITION) {
      for (const { operation, type } of definition.operationTypes) rootTypes.set(operation, type.name.value);
    }
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { name } of definition.interfaces ?? []) {
      implementers.set(name.value, [...(implementers.get(name.value) ?? []), definition.name.value]);
    }
  }
  const roots = new Set(rootTypes.values());

  const types = new Map<string, SupergraphType>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      types.set(definition.name.value, {
        head: print(definition),
        isRoot: false,
        isAbstract: true,
        graphs: graphsOf(definition.directives),
        interfaces: [],
        possibleTypes: (definition.types ?? []).map(({ name }) => name.value),
        fields: new Map(),
      });
    }
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      continue;
    const name = definition.name.value;
    const isAbstract = definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
    const graphs = graphsOf(definition.directives);
    types.set(name, {
      head: headOf(definition, isAbstract),
      isRoot: roots.has(name),
      isAbstract,
      graphs,
      interfaces: (definition.interfaces ?? []).map((node) => node.name.value),
      possibleTypes: (implementers.get(name) ?? []).sort(),
      fields: new Map((definition.fields ?? []).map((field) => [field.name.value, fieldOf(field, graphs)])),
    });
  }
  // A value that is set by @context may come from any field above: then any change may concern any plan.
  return { types, rootTypes, common: supergraphSdl.includes('contextArguments: [{') ? supergraphSdl : '' };
}

function headOf(definition: FieldedNode, isAbstract: boolean): string {
  const directives = ofPlanning(definition.directives).filter(
    ({ name }) => isAbstract || name.value !== 'join__type',
  );
  return print({ ...definition, fields: [], directives });
}

function graphsOf(directives: readonly ConstDirectiveNode[] | undefined): Map<string, TypeInGraph> {
  const graphs = new Map<string, TypeInGraph>();
  for (const directive of named(directives, 'join__type')) {
    const graph = argumentOf(directive, 'graph') ?? '';
    const known = graphs.get(graph);
    const key = argumentOf(directive, 'key');
    graphs.set(graph, {
      text: `${known?.text ?? ''}${print(directive)}`,
      keys: [...(known?.keys ?? []), ...(key === undefined ? [] : [key])],
    });
  }
  return graphs;
}

function fieldOf(field: FieldDefinitionNode, ofType: ReadonlyMap<string, TypeInGraph>): SupergraphField {
  const entries = named(field.directives, 'join__field');
  const graphs = new Map<string, FieldInGraph>();
  for (const entry of entries) {
    const graph = argumentOf(entry, 'graph');
    if (graph === undefined) continue;
    const others = entry.arguments?.filter(({ name }) => name.value !== 'graph') ?? [];
    graphs.set(graph, {
      text: others.map(print).join(),
      isResolved: argumentOf(entry, 'external') !== 'true',
    });
  }
  // Said of no subgraph it is true of all that have the type, as it would be said of each when they differed.
  if (entries.length === 0)
    for (const graph of ofType.keys()) graphs.set(graph, { text: '', isResolved: true });
  const directives = ofPlanning(field.directives).filter(({ name }) => name.value !== 'join__field');
  return {
    signature: `${print({ ...field, directives })}${entries.length > 0 && graphs.size === 0 ? ' in no subgraph' : ''}`,
    graphs,
    type: namedType(field.type),
    requires: entries.flatMap((entry) => argumentOf(entry, 'requires') ?? []),
    provides: entries.flatMap((entry) => argumentOf(entry, 'provides') ?? []),
  };
}

function named(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): readonly ConstDirectiveNode[] {
  return (directives ?? []).filter((directive) => directive.name.value === name);
}

/** Only directives of the join specification are for the planner; a deprecation or a tag is not. */
function ofPlanning(directives: readonly ConstDirectiveNode[] | undefined): readonly ConstDirectiveNode[] {
  return (directives ?? []).filter(({ name }) => name.value.startsWith('join__'));
}

function argumentOf(directive: ConstDirectiveNode, argument: string): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  if (value === undefined) return undefined;
  return value.kind === Kind.STRING || value.kind === Kind.ENUM ? value.value : print(value);
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** The name of the part that says of which types a value of an abstract type may be. */
export function membersPart(type: string): string {
  return `${type}:members`;
}

/** The name of what one subgraph says of a type or a field. */
export function partInGraph(part: string, graph: string): string {
  return `${part}@${graph}`;
}

/**
 * The parts that two supergraphs do not have alike: the name of a type for its head, a coordinate for the signature of a
 * field, either with a subgraph for what that says of it, and '' for what concerns every plan.
 */
export function changedParts(before: SupergraphParts, after: SupergraphParts): Set<string> {
  const changed = new Set<string>();
  const note = (part: string, one: string | undefined, other: string | undefined) => {
    if (one !== other) changed.add(part);
  };
  type Graphs = ReadonlyMap<string, { readonly text: string }> | undefined;
  const noteGraphs = (part: string, one: Graphs, other: Graphs) => {
    for (const graph of new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])) {
      note(partInGraph(part, graph), one?.get(graph)?.text, other?.get(graph)?.text);
    }
  };
  note('', before.common, after.common);
  for (const name of new Set([...before.types.keys(), ...after.types.keys()])) {
    const [one, other] = [before.types.get(name), after.types.get(name)];
    note(name, one?.head, other?.head);
    note(membersPart(name), one?.possibleTypes.join(), other?.possibleTypes.join());
    noteGraphs(name, one?.graphs, other?.graphs);
    for (const field of new Set([...(one?.fields.keys() ?? []), ...(other?.fields.keys() ?? [])])) {
      const coordinate = `${name}.${field}`;
      note(coordinate, one?.fields.get(field)?.signature, other?.fields.get(field)?.signature);
      noteGraphs(coordinate, one?.fields.get(field)?.graphs, other?.fields.get(field)?.graphs);
    }
  }
  return changed;
}
