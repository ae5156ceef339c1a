import {
  Supergraph as FederatedSupergraph,
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
} from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { buildASTSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { type DirectiveTable, readDirectives } from './directive-table.ts';
import { type OverrideLabels, readOverrideLabels } from './override-labels.ts';
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
  readonly overrideLabels: OverrideLabels;
  /** What the edge has to know of fields before an operation runs. */
  readonly directives: DirectiveTable;
  /** @param labels those of @override that are active */
  plan(document: DocumentNode, operationName: string | undefined, labels?: ReadonlySet<string>): QueryPlan;
}

/** How the planner is set: its plans depend on that. */
export const plannerConfig = { incrementalDelivery: { enableDefer: true } };

/**
 * Reads a supergraph, with every feature that the planner knows.
 * @throws {GraphQLError} when it is no supergraph, or needs a feature that the planner does not know
 */
export function readSupergraph(sdl: string): Supergraph {
  const federated = FederatedSupergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  const api = federated.apiSchema();
  const document = parse(sdl, { noLocation: true });
  const overrideLabels = readOverrideLabels(document);
  // Made when it is needed: where another thread plans, never.
  let planner: QueryPlanner | undefined;
  return {
    apiSchema: api.toGraphQLJSSchema({ includeDefer: true }),
    // It was validated when it was built.
    schema: buildASTSchema(document, { assumeValid: true, assumeValidSDL: true }),
    sdl,
    subgraphs: federated.subgraphsMetadata(),
    requiredArguments: readRequiredArguments(sdl),
    overrideLabels,
    directives: readDirectives(federated.schema, document),
    plan(document, operationName, labels) {
      planner ??= new QueryPlanner(federated, plannerConfig);
      const operation = operationFromDocument(api, document, { operationName, validate: false });
      return planner.buildQueryPlan(operation, {
        overrideConditions: new Map(
          [...overrideLabels.all].map((label) => [label, labels?.has(label) === true]),
        ),
      });
    },
  };
}
