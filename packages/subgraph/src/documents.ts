import { type DocumentNode, type GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';

/** A document that may be run, or why not. */
export type ReadDocument =
  | { readonly document: DocumentNode }
  | { readonly errors: readonly GraphQLError[]; readonly code: string };

/** Reads and checks documents for a schema. */
export type ReadDocuments = (text: string) => ReadDocument;

/** How many documents are kept, and the length of all their texts: a router sends the same ones again and again. */
const most = { documents: 1_000, characters: 5_000_000 };

/** Keeps what is valid by its text; the one that was not used for longest goes when there are too many. */
export function documentReader(schema: GraphQLSchema, { documents, characters } = most): ReadDocuments {
  const kept = new Map<string, { readonly document: DocumentNode }>();
  let length = 0;
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) {
      // Last in the order of the map.
      kept.delete(text);
      kept.set(text, known);
      return known;
    }
    const read = readDocument(schema, text);
    if ('errors' in read) return read;
    kept.set(text, read);
    length += text.length;
    for (const oldest of kept.keys()) {
      if (kept.size <= documents && length <= characters) break;
      kept.delete(oldest);
      length -= oldest.length;
    }
    return read;
  };
}

function readDocument(schema: GraphQLSchema, text: string): ReadDocument {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    return { errors: [error as GraphQLError], code: 'GRAPHQL_PARSE_FAILED' };
  }
  const errors = validate(schema, document);
  return errors.length > 0 ? { errors, code: 'GRAPHQL_VALIDATION_FAILED' } : { document };
}
