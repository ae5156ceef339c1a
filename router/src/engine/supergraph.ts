import type { QueryPlan } from '@apollo/query-planner';
import { buildASTSchema, type DocumentNode, type GraphQLSchema } from 'graphql';
import { type DirectiveTable, readDirectives } from './directive-table.ts';
import { loadedFederation, loadFederation } from './federation/load-federation.ts';
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
  /** What the edge has to know of fields before an operation runs. The federation libraries have to be loaded for it (federation/load-federation.ts). */
  readonly directives: DirectiveTable;
  /**
   * The federation libraries have to be loaded for it.
   * @param labels those of @override that are active
   */
  plan(document: DocumentNode, operationName: string | undefined, labels?: ReadonlySet<string>): QueryPlan;
}

/** What clients see of supergraphs that were read before. */
export interface KeptApiSchemas {
  find(sdl: string): GraphQLSchema | undefined;
  keep(sdl: string, schema: GraphQLSchema): Promise<void>;
}

/**
 * Reads a supergraph, with every feature that the planner knows. One whose API schema is known was found to be right before, and is read as
 * the planner needs it when that is wanted; for another the federation libraries have to be loaded.
 * @throws {GraphQLError} when it is no supergraph, or needs a feature that the planner does not know
 */
export function readSupergraph(sdl: string, known?: GraphQLSchema): Supergraph {
  const document = parseSupergraph(sdl);
  const federated = once(() => loadedFederation().readFederated(document));
  if (known === undefined) federated();
  const apiSchema = once(() => known ?? federated().apiSchema());
  // It was validated when it was built.
  const schema = once(() => buildASTSchema(document, { assumeValid: true, assumeValidSDL: true }));
  const requiredArguments = once(() => readRequiredArguments(document));
  const overrideLabels = readOverrideLabels(document);
  const directives = once(() => readDirectives(federated().schema, document));
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
      const areActive = [...overrideLabels.all].map((label) => [label, labels?.has(label) === true] as const);
      return federated().plan(document, operationName, new Map(areActive));
    },
  };
}

/**
 * Reads a supergraph, by its API schema where that was kept, and keeps it for the next time where it was not.
 * @throws {GraphQLError} as {@link readSupergraph}
 */
export async function openSupergraph(sdl: string, kept?: KeptApiSchemas): Promise<Supergraph> {
  const known = kept?.find(sdl);
  if (known !== undefined) return readSupergraph(sdl, known);
  await loadFederation();
  const supergraph = readSupergraph(sdl);
  void kept?.keep(sdl, supergraph.apiSchema);
  return supergraph;
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
