import { composeSubgraphs } from '../composition/compose-subgraphs.ts';
import type { GraphVersion, SubgraphSource } from './graph-version.ts';
import { apiSchemaOf, rememberSupergraph, supergraphFrom } from './supergraph-of.ts';

/** A version of the graph from the schemas of its subgraphs. Subgraphs that do not compose are said in its remarks. */
export function composeVersion(
  label: string,
  subgraphs: readonly SubgraphSource[],
  options: { readonly revision?: string; readonly satisfiable?: boolean } = {},
): GraphVersion {
  const { supergraph, remarks } = composeSubgraphs(subgraphs, options);
  const built = supergraph && supergraphFrom(supergraph.schema);
  const version: GraphVersion = {
    label,
    revision: options.revision ?? null,
    subgraphs,
    remarks,
    supergraphSdl: supergraph?.sdl ?? null,
    apiSchema: built && apiSchemaOf(built),
  };
  if (built) rememberSupergraph(version, built);
  return version;
}

/** Whether two lists of subgraphs compose to the same supergraph, as they are the same. */
export function sameSubgraphs(one: readonly SubgraphSource[], other: readonly SubgraphSource[]): boolean {
  return (
    one.length === other.length &&
    one.every(
      ({ name, routingUrl, sdl }, index) =>
        name === other[index]?.name && routingUrl === other[index].routingUrl && sdl === other[index].sdl,
    )
  );
}
