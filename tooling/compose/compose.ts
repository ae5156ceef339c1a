import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import type { Registry } from '@stoa/registry';
import { type ASTNode, type DocumentNode, GraphQLError, parse, Source } from 'graphql';
import { CompositionError, type CompositionProblem, type SchemaPlace } from './composition-error.ts';

/** A remark of the composition that is no error: something that looks unintended. */
export interface CompositionHint {
  readonly code: string;
  readonly level: 'WARN' | 'INFO' | 'DEBUG';
  readonly message: string;
}

export interface Composition {
  /** The text of the supergraph, which the router loads. */
  readonly supergraphSdl: string;
  readonly hints: readonly CompositionHint[];
}

/**
 * Composes the schemas of a registry, by the library that `rover supergraph compose` runs.
 * @throws {CompositionError} with every error that the library found
 */
export function compose(registry: Registry): Composition {
  const parsed = registry.subgraphs.map(({ name, schemaFile, routingUrl }) => ({
    name,
    url: routingUrl,
    ...parseSchema(name, schemaFile),
  }));
  const syntaxProblems = parsed.flatMap(({ problem }) => problem ?? []);
  if (syntaxProblems.length > 0) throw new CompositionError(syntaxProblems);

  const result = composeServices(
    parsed.flatMap(({ name, url, typeDefs }) => (typeDefs === undefined ? [] : [{ name, url, typeDefs }])),
  );
  if (result.errors !== undefined) {
    throw new CompositionError(result.errors.map((error) => problemOf(error, registry)));
  }
  return {
    supergraphSdl: `${result.supergraphSdl.trimEnd()}\n`,
    hints: result.hints.map(({ definition, message }) => ({
      code: definition.code,
      level: definition.level.name as CompositionHint['level'],
      message,
    })),
  };
}

function parseSchema(
  subgraph: string,
  file: string,
): { typeDefs: DocumentNode; problem?: never } | { typeDefs?: never; problem: CompositionProblem } {
  try {
    // The source's name is how an error's nodes lead back to the file.
    return { typeDefs: parse(new Source(readFileSync(file, 'utf8'), file)) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const line = error.locations?.[0]?.line;
    const place: SchemaPlace = { subgraph, file, ...(line === undefined ? {} : { line }) };
    return { problem: { code: 'INVALID_GRAPHQL', message: error.message, places: [place] } };
  }
}

function problemOf(error: GraphQLError, registry: Registry): CompositionProblem {
  const places = new Map<string, SchemaPlace>();
  for (const node of error.nodes ?? []) {
    const place = placeOf(node, registry);
    if (place) places.set(`${place.file}:${place.line}`, place);
  }
  // An error about a subgraph as a whole has no nodes; it starts with the name in brackets.
  const named = /^\[([^\]]+)\] /.exec(error.message)?.[1];
  const subgraph = registry.subgraphs.find(({ name }) => name === named);
  if (places.size === 0 && subgraph) places.set('', { subgraph: subgraph.name, file: subgraph.schemaFile });
  return { code: String(error.extensions.code), message: error.message, places: [...places.values()] };
}

function placeOf(node: ASTNode, registry: Registry): SchemaPlace | undefined {
  const { loc } = node;
  const subgraph = registry.subgraphs.find(({ schemaFile }) => schemaFile === loc?.source.name);
  return loc && subgraph && { subgraph: subgraph.name, file: subgraph.schemaFile, line: loc.startToken.line };
}
