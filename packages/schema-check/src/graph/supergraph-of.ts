import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, type Schema, Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';
import type { GraphVersion } from './graph-version.ts';

/** Reading a large supergraph takes a second or more, and several steps want it. */
const read = new WeakMap<GraphVersion, Supergraph>();

/** A version's supergraph as the planner takes it, read once. Null when the version has none. */
export function supergraphOf(version: GraphVersion): Supergraph | null {
  if (version.supergraphSdl === null) return null;
  const known = read.get(version);
  if (known) return known;
  const supergraph = supergraphFrom(version.supergraphSdl);
  read.set(version, supergraph);
  return supergraph;
}

/** Keeps what a composition has read already. */
export function rememberSupergraph(version: GraphVersion, supergraph: Supergraph): void {
  read.set(version, supergraph);
}

/**
 * Reads the text of a supergraph, or takes what a composition made.
 * All that the router supports is allowed, also what @apollo/gateway refuses by itself.
 */
export function supergraphFrom(source: string | Schema): Supergraph {
  return typeof source === 'string'
    ? Supergraph.build(source, {
        supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
        validateSupergraph: false,
      })
    : new Supergraph(source, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, false);
}

/** What clients see of a supergraph; with @defer, which the router answers itself. */
export function apiSchemaOf(supergraph: Supergraph): GraphQLSchema {
  return supergraph.apiSchema().toGraphQLJSSchema({ includeDefer: true });
}
