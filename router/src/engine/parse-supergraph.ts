import { type DocumentNode, parse } from 'graphql';

let last: { readonly sdl: string; readonly document: DocumentNode } | undefined;

/**
 * Parses a composed schema, without locations. The last one is kept: whoever looks at a file and whoever serves what is in
 * it parse the same, and each time is a thirtieth of a start.
 * @throws {GraphQLError} for a text that is no GraphQL
 */
export function parseSupergraph(sdl: string): DocumentNode {
  if (last?.sdl !== sdl) last = { sdl, document: parse(sdl, { noLocation: true }) };
  return last.document;
}
