import { type CompositionResult, composeServices } from '@apollo/composition';
import type { Schema, ServiceDefinition } from '@apollo/federation-internals';
import { GraphQLError, parse, Source } from 'graphql';
import type { CompositionRemark, SubgraphSource } from '../graph/graph-version.ts';
import type { ParsedSubgraph } from '../graph/parsed-subgraphs.ts';
import { placeFinder } from './places-of.ts';

export interface Composed {
  /** Null when the subgraphs do not compose; `remarks` then holds the errors. */
  readonly supergraph: { readonly sdl: string; readonly schema: Schema } | null;
  readonly remarks: readonly CompositionRemark[];
}

/**
 * Composes subgraphs by the library that `rover supergraph compose` runs.
 * @param options `satisfiable` false leaves out the proof that every query can be answered, which takes as long as all
 *   the rest and is known of what was merged before
 */
export function composeSubgraphs(
  subgraphs: readonly SubgraphSource[],
  options: { readonly satisfiable?: boolean } = {},
): Composed {
  const attempts = subgraphs.map(parseSubgraph);
  const syntax = attempts.flatMap((attempt) => ('remark' in attempt ? attempt.remark : []));
  if (syntax.length > 0) return { supergraph: null, remarks: syntax };
  const parsed = attempts.flatMap((attempt) => ('document' in attempt ? attempt : []));

  const result = composeOrCrash(
    parsed.map(({ name, routingUrl, document }) => ({ name, url: routingUrl, typeDefs: document })),
    options.satisfiable ?? true,
  );
  if (result instanceof Error) return { supergraph: null, remarks: [crashOf(result)] };
  const placesOf = placeFinder(parsed);
  if (result.errors !== undefined) {
    return {
      supergraph: null,
      remarks: result.errors.map((error) => ({
        level: 'error',
        code: String(error.extensions.code ?? 'INVALID_GRAPHQL'),
        message: error.message,
        places: placesOf(error.message, error.nodes),
      })),
    };
  }
  return {
    supergraph: { sdl: `${result.supergraphSdl.trimEnd()}\n`, schema: result.schema },
    remarks: result.hints.map(({ definition, message, nodes, coordinate, element }) => ({
      level: definition.level.name === 'WARN' ? 'warning' : 'info',
      code: definition.code,
      message,
      ...coordinateOf(coordinate ?? element?.coordinate),
      places: placesOf(message, nodes),
    })),
  };
}

/** The library fails by an assertion on some schemas that it should refuse, for example @federation__provides(fields:). */
function composeOrCrash(
  services: ServiceDefinition[],
  runSatisfiability: boolean,
): CompositionResult | Error {
  try {
    return composeServices(services, { runSatisfiability });
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

function crashOf({ message }: Error): CompositionRemark {
  return {
    level: 'error',
    code: 'COMPOSITION_CRASHED',
    message: `The composition library failed on these schemas, without saying where: ${message}`,
    places: [],
  };
}

function parseSubgraph(subgraph: SubgraphSource): ParsedSubgraph | { readonly remark: CompositionRemark } {
  try {
    // The source's name is how an error's nodes lead back to the file.
    return { ...subgraph, document: parse(new Source(subgraph.sdl, subgraph.file)) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const line = error.locations?.[0]?.line;
    const place = { subgraph: subgraph.name, file: subgraph.file, ...(line === undefined ? {} : { line }) };
    return {
      remark: {
        level: 'error',
        code: 'INVALID_GRAPHQL',
        message: `[${subgraph.name}] ${error.message}`,
        places: [place],
      },
    };
  }
}

function coordinateOf(coordinate: string | undefined): { coordinate?: string } {
  return coordinate === undefined ? {} : { coordinate };
}
