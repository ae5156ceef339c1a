import {
  Supergraph as FederatedSupergraph,
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
} from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { buildASTSchema, type DocumentNode, type GraphQLSchema } from 'graphql';
import { type DirectiveTable, readDirectives } from './directive-table.ts';
import { type OverrideLabels, readOverrideLabels } from './override-labels.ts';
import { parseSupergraph } from './parse-supergraph.ts';
import { type RequiredArguments, readRequiredArguments } from './plan/required-arguments.ts';
import { readSubgraphs, type SubgraphAddress } from './subgraph-addresses.ts';

/** A composed schema, ready to plan for. */
export interface Supergraph {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** All that subgraphs know of, also what clients do not see. */
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  readonly subgraphs: readonly SubgraphAddress[];
  readonly requiredArguments: RequiredArguments;
  readonly overrideLabels: OverrideLabels;
  /** What the edge has to know of fields before an operation runs. */
  readonly directives: DirectiveTable;
  /** @param labels those of @override that are active */
  plan(document: DocumentNode, operationName: string | undefined, labels?: ReadonlySet<string>): QueryPlan;
}

/** How the planner is set: its plans depend on that. */
export const plannerConfig = { incrementalDelivery: { enableDefer: true } };

/** What clients see of supergraphs that were read before. */
export interface KeptApiSchemas {
  find(sdl: string): GraphQLSchema | undefined;
  keep(sdl: string, schema: GraphQLSchema): Promise<void>;
}

/**
 * Reads a supergraph, with every feature that the planner knows. One whose API schema is kept was found to be right before, and is read as
 * the planner needs it when that is wanted.
 * @throws {GraphQLError} when it is no supergraph, or needs a feature that the planner does not know
 */
export function readSupergraph(sdl: string, kept?: KeptApiSchemas): Supergraph {
  const document = parseSupergraph(sdl);
  const federated = once(() => {
    const supergraph = FederatedSupergraph.build(document, {
      supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    });
    return { supergraph, api: supergraph.apiSchema() };
  });
  const known = kept?.find(sdl);
  if (known === undefined) federated();
  const apiSchema = once(() => {
    if (known !== undefined) return known;
    const made = federated().api.toGraphQLJSSchema({ includeDefer: true });
    void kept?.keep(sdl, made);
    return made;
  });
  // It was validated when it was built.
  const schema = once(() => buildASTSchema(document, { assumeValid: true, assumeValidSDL: true }));
  const requiredArguments = once(() => readRequiredArguments(document));
  const overrideLabels = readOverrideLabels(document);
  const directives = once(() => readDirectives(federated().supergraph.schema, document));
  const planner = once(() => new QueryPlanner(federated().supergraph, plannerConfig));
  return {
    // Made when they are needed: a thread that plans shows no schema, and where it plans no planner is made here.
    get apiSchema() {
      return apiSchema();
    },
    get schema() {
      return schema();
    },
    get requiredArguments() {
      return requiredArguments();
    },
    get directives() {
      return directives();
    },
    sdl,
    subgraphs: readSubgraphs(document),
    overrideLabels,
    plan(document, operationName, labels) {
      const operation = operationFromDocument(federated().api, document, { operationName, validate: false });
      return planner().buildQueryPlan(operation, {
        overrideConditions: new Map(
          [...overrideLabels.all].map((label) => [label, labels?.has(label) === true]),
        ),
      });
    },
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
