import {
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  type Schema,
  Supergraph,
} from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { plannerConfig } from './planner-config.ts';

/** A supergraph as Apollo's libraries read it. They are loaded with this module, by load-federation.ts. */
export interface FederatedSupergraph {
  /** With all directives. */
  readonly schema: Schema;
  /** What clients see. */
  apiSchema(): GraphQLSchema;
  /** @param labels of @override, with whether each is active */
  plan(
    document: DocumentNode,
    operationName: string | undefined,
    labels: ReadonlyMap<string, boolean>,
  ): QueryPlan;
}

/** @throws {GraphQLError} when it is no supergraph, or needs a feature that the planner does not know */
export function readFederated(document: DocumentNode): FederatedSupergraph {
  const supergraph = Supergraph.build(document, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  const api = supergraph.apiSchema();
  let planner: QueryPlanner | undefined;
  return {
    schema: supergraph.schema,
    apiSchema: () => api.toGraphQLJSSchema({ includeDefer: true }),
    plan(document, operationName, labels) {
      planner ??= new QueryPlanner(supergraph, plannerConfig);
      const operation = operationFromDocument(api, document, { operationName, validate: false });
      return planner.buildQueryPlan(operation, { overrideConditions: new Map(labels) });
    },
  };
}
