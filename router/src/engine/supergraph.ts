import {
  Supergraph as FederatedSupergraph,
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
} from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { type RequiredArguments, readRequiredArguments } from './plan/required-arguments.ts';

/** A composed schema, ready to plan for. */
export interface Supergraph {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** All that subgraphs know of, also what clients do not see. */
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
  readonly requiredArguments: RequiredArguments;
  plan(document: DocumentNode, operationName: string | undefined): QueryPlan;
}

/**
 * Reads a supergraph, with every feature that the planner knows.
 * @throws {GraphQLError} when it is no supergraph, or needs a feature that the planner does not know
 */
export function readSupergraph(sdl: string): Supergraph {
  const federated = FederatedSupergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  const api = federated.apiSchema();
  // Made when it is needed: where another thread plans, never.
  let planner: QueryPlanner | undefined;
  return {
    apiSchema: api.toGraphQLJSSchema(),
    schema: federated.schema.toGraphQLJSSchema(),
    sdl,
    subgraphs: federated.subgraphsMetadata(),
    requiredArguments: readRequiredArguments(sdl),
    plan(document, operationName) {
      planner ??= new QueryPlanner(federated);
      return planner.buildQueryPlan(operationFromDocument(api, document, { operationName, validate: false }));
    },
  };
}
