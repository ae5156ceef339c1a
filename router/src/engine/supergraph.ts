import {
  Supergraph as FederatedSupergraph,
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
} from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, type GraphQLSchema, Kind, parse, visit } from 'graphql';

/** A composed schema, ready to plan for. */
export interface Supergraph {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** All that subgraphs know of, also what clients do not see. */
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
  /** Names of fields that some subgraph requires with arguments. */
  readonly requiredWithArguments: ReadonlySet<string>;
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
  const planner = new QueryPlanner(federated);
  return {
    apiSchema: api.toGraphQLJSSchema(),
    schema: federated.schema.toGraphQLJSSchema(),
    sdl,
    subgraphs: federated.subgraphsMetadata(),
    requiredWithArguments: fieldsRequiredWithArguments(sdl),
    plan: (document, operationName) =>
      planner.buildQueryPlan(operationFromDocument(api, document, { operationName, validate: false })),
  };
}

function fieldsRequiredWithArguments(sdl: string): ReadonlySet<string> {
  const names = new Set<string>();
  visit(parse(sdl, { noLocation: true }), {
    Directive({ name, arguments: args }) {
      if (name.value !== 'join__field') return;
      const requires = args?.find((argument) => argument.name.value === 'requires')?.value;
      if (requires?.kind !== Kind.STRING || !requires.value.includes('(')) return;
      visit(parse(`{ ${requires.value} }`, { noLocation: true }), {
        Field(field) {
          if ((field.arguments?.length ?? 0) > 0) names.add(field.name.value);
        },
      });
    },
  });
  return names;
}
