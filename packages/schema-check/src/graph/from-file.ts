import { readFileSync } from 'node:fs';
import { buildASTSchema, type DocumentNode, Kind, parse, Source } from 'graphql';
import type { GraphVersion } from './graph-version.ts';
import { InputError } from './input-error.ts';
import { apiSchemaOf, rememberSupergraph, supergraphFrom } from './supergraph-of.ts';

/**
 * The graph that a file holds: a supergraph, or the API schema that clients see.
 * @param label what people call the file
 * @throws {InputError} when it holds neither
 */
export function fromFile(path: string, label = path): GraphVersion {
  const text = readFileSync(path, 'utf8');
  try {
    return fromSdl(label, text, parse(new Source(text, label)));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new InputError(
      'BASE_UNREADABLE',
      `Expected ${label} to hold a supergraph or an API schema, and it cannot be read as one: ${error.message}`,
      'Write it again with `npm run compose`, or name another base by --base.',
      error,
    );
  }
}

function fromSdl(label: string, text: string, document: DocumentNode): GraphVersion {
  const version = { label, revision: null, subgraphs: [], remarks: [] };
  if (!isSupergraph(document)) {
    return { ...version, supergraphSdl: null, apiSchema: buildASTSchema(document) };
  }
  const supergraph = supergraphFrom(text);
  const built: GraphVersion = { ...version, supergraphSdl: text, apiSchema: apiSchemaOf(supergraph) };
  rememberSupergraph(built, supergraph);
  return built;
}

/** A supergraph links the specification that says which subgraph has what. */
function isSupergraph(document: DocumentNode): boolean {
  return document.definitions.some(
    (definition) =>
      (definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION) &&
      definition.directives?.some(({ arguments: args }) =>
        args?.some(
          ({ value }) => value.kind === Kind.STRING && value.value.includes('specs.apollo.dev/join/'),
        ),
      ),
  );
}
