import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';

/** A subgraph of a supergraph. */
export interface SubgraphAddress {
  /** What the composed schema calls it in its directives. */
  readonly graph: string;
  readonly name: string;
  /** Where it answered when it was composed. */
  readonly url: string;
}

/**
 * The subgraphs that a supergraph was composed of: the values of its enum join__Graph.
 * @param document the composed schema, parsed
 */
export function readSubgraphs(document: DocumentNode): readonly SubgraphAddress[] {
  return document.definitions
    .filter((definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION)
    .filter(({ name }) => name.value === 'join__Graph')
    .flatMap(({ values = [] }) => values)
    .map(({ name, directives = [] }) => ({
      graph: name.value,
      name: textOf(directives[0], 'name'),
      url: textOf(directives[0], 'url'),
    }));
}

function textOf(directive: ConstDirectiveNode | undefined, argument: string): string {
  const value = directive?.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.STRING ? value.value : '';
}
