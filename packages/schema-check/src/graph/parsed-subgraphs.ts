import { type DocumentNode, GraphQLError, parse, Source } from 'graphql';
import type { GraphVersion, SubgraphSource } from './graph-version.ts';

export interface ParsedSubgraph extends SubgraphSource {
  readonly document: DocumentNode;
}

const parsed = new WeakMap<GraphVersion, readonly ParsedSubgraph[]>();

/** The subgraphs of a version whose schema parses, read once. Of the others the composition says what is wrong. */
export function parsedSubgraphs(version: GraphVersion): readonly ParsedSubgraph[] {
  const known = parsed.get(version);
  if (known) return known;
  const subgraphs = version.subgraphs.flatMap((subgraph) => parseOrNothing(subgraph));
  parsed.set(version, subgraphs);
  return subgraphs;
}

function parseOrNothing(subgraph: SubgraphSource): ParsedSubgraph[] {
  try {
    return [{ ...subgraph, document: parse(new Source(subgraph.sdl, subgraph.file)) }];
  } catch (error) {
    if (error instanceof GraphQLError) return [];
    throw error;
  }
}
