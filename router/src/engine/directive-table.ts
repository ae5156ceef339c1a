import type { Schema } from '@apollo/federation-internals';
import {
  type DirectiveNode,
  type DocumentNode,
  type InputValueDefinitionNode,
  Kind,
  valueFromASTUntyped,
} from 'graphql';

/** What a supergraph's directives say of one element: what the edge has to know before an operation runs. */
export interface ElementDirectives {
  /** @authenticated: for nobody who has not signed in. */
  readonly authenticated: boolean;
  /** @requiresScopes: all of any of these; null where none are required. */
  readonly requiresScopes: readonly (readonly string[])[] | null;
  /** @policy: all of any of these; null where none are. */
  readonly policy: readonly (readonly string[])[] | null;
  /** @cost: its weight; null where none is given. */
  readonly cost: number | null;
  readonly listSize: ListSize | null;
  /** @context: names of what is set here for fields below, each with its subgraph's name in front. */
  readonly contexts: readonly string[];
  readonly tags: readonly string[];
}

/** @listSize, of the cost specification. */
export interface ListSize {
  /** Null where it is not assumed. */
  readonly assumedSize: number | null;
  readonly slicingArguments: readonly string[];
  /** Fields below that hold the list, as `edges` and `nodes` of a connection. */
  readonly sizedFields: readonly string[];
  readonly requireOneSlicingArgument: boolean;
}

/**
 * By schema coordinates: `Product`, `Product.name`, `Query.products(first:)`, `OrderFilter.state`, `Sort.NEWEST`. Only elements of
 * which something is said.
 */
export type DirectiveTable = ReadonlyMap<string, ElementDirectives>;

const specifications = 'https://specs.apollo.dev';

/**
 * Reads the directives of a supergraph, under whatever names it has imported them.
 * @param schema of the supergraph, which knows those names
 * @param document the same, parsed
 */
export function readDirectives(schema: Schema, document: DocumentNode): DirectiveTable {
  const nameOf = (feature: string, directive = feature) =>
    schema.coreFeatures?.getByIdentity(`${specifications}/${feature}`)?.directiveNameInSchema(directive);
  const names: Names = {
    authenticated: nameOf('authenticated'),
    requiresScopes: nameOf('requiresScopes'),
    policy: nameOf('policy'),
    cost: nameOf('cost'),
    listSize: nameOf('cost', 'listSize'),
    context: nameOf('context'),
    tag: nameOf('tag'),
  };
  const table = new Map<string, ElementDirectives>();
  const add = (coordinate: string, directives: readonly DirectiveNode[] | undefined) => {
    const read = readElement(directives ?? [], names);
    if (read !== null) table.set(coordinate, read);
  };
  const addArguments = (coordinate: string, args: readonly InputValueDefinitionNode[] = []) => {
    for (const { name, directives } of args) add(`${coordinate}(${name.value}:)`, directives);
  };
  for (const definition of document.definitions) {
    if (!('name' in definition) || definition.name === undefined || !('directives' in definition)) continue;
    const type = definition.name.value;
    add(type, definition.directives);
    if ('fields' in definition) {
      for (const field of definition.fields ?? []) {
        add(`${type}.${field.name.value}`, field.directives);
        if (field.kind === Kind.FIELD_DEFINITION)
          addArguments(`${type}.${field.name.value}`, field.arguments);
      }
    }
    if ('values' in definition)
      for (const { name, directives } of definition.values ?? []) add(`${type}.${name.value}`, directives);
  }
  return table;
}

type Names = Readonly<
  Record<
    'authenticated' | 'requiresScopes' | 'policy' | 'cost' | 'listSize' | 'context' | 'tag',
    string | undefined
  >
>;

function readElement(directives: readonly DirectiveNode[], names: Names): ElementDirectives | null {
  const all = (name: string | undefined) =>
    directives.filter((directive) => directive.name.value === name).map(argumentsOf);
  const [scopes] = all(names.requiresScopes);
  const [policy] = all(names.policy);
  const [cost] = all(names.cost);
  const [listSize] = all(names.listSize);
  const isAuthenticated = all(names.authenticated).length > 0;
  const contexts = all(names.context).map(({ name }) => String(name));
  const tags = all(names.tag).map(({ name }) => String(name));
  const found = [scopes, policy, cost, listSize].some((one) => one !== undefined);
  if (!found && !isAuthenticated && contexts.length === 0 && tags.length === 0) return null;
  return {
    authenticated: isAuthenticated,
    requiresScopes: scopes === undefined ? null : (scopes.scopes as string[][]),
    policy: policy === undefined ? null : (policy.policies as string[][]),
    cost: cost === undefined ? null : Number(cost.weight),
    listSize: listSize === undefined ? null : readListSize(listSize),
    contexts,
    tags,
  };
}

function readListSize(given: Readonly<Record<string, unknown>>): ListSize {
  return {
    assumedSize: typeof given.assumedSize === 'number' ? given.assumedSize : null,
    slicingArguments: (given.slicingArguments as string[] | undefined) ?? [],
    sizedFields: (given.sizedFields as string[] | undefined) ?? [],
    // The specification's default.
    requireOneSlicingArgument: given.requireOneSlicingArgument !== false,
  };
}

function argumentsOf({ arguments: given = [] }: DirectiveNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}
