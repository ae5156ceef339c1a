import type { GraphQLSchema } from 'graphql';

/** The schema of one subgraph, as a version of the graph has it. */
export interface SubgraphSource {
  /** As the registry names it. */
  readonly name: string;
  /** Where a router reaches it. */
  readonly routingUrl: string;
  /** The text of its schema. */
  readonly sdl: string;
  /** Relative to the root of the repository, for example subgraphs/orders/schema.graphql. */
  readonly file: string;
}

/** A reason why the subgraphs do not compose, or a remark of the composition that is no error. */
export interface CompositionRemark {
  readonly level: 'error' | 'warning' | 'info';
  /** Such as INVALID_FIELD_SHARING: https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/errors */
  readonly code: string;
  readonly message: string;
  readonly coordinate?: string;
  /** Every place in the subgraphs' schemas that it arises from; lines count from 1. */
  readonly places: readonly { readonly subgraph: string; readonly file: string; readonly line?: number }[];
}

/** The graph at one moment: in the working tree, at a commit, in a file, or as it runs. */
export interface GraphVersion {
  /** For people, for example "the working tree" or "main (1a2b3c4)". */
  readonly label: string;
  /** The commit that it was read from; null for any other origin. */
  readonly revision: string | null;
  /** Empty when it was read from a supergraph file or from a running graph. */
  readonly subgraphs: readonly SubgraphSource[];
  /** What the composition said; empty when nothing was composed. */
  readonly remarks: readonly CompositionRemark[];
  /** Null when the subgraphs do not compose, or when only the API schema is known. */
  readonly supergraphSdl: string | null;
  /** What clients see. Null when the subgraphs do not compose. */
  readonly apiSchema: GraphQLSchema | null;
}
