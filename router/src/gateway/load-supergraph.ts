import { readFileSync } from 'node:fs';
import { Failure } from '@stoa/errors';
import { GraphQLError } from 'graphql';
import { parseSupergraph } from '../engine/parse-supergraph.ts';

/**
 * Reads a composed schema.
 * @throws {Failure} bad-input when the file is missing, is not GraphQL, or was not composed
 */
export function loadSupergraph(file: string): string {
  const text = read(file);
  try {
    const isComposed = parseSupergraph(text).definitions.some(
      (definition) => definition.kind === 'EnumTypeDefinition' && definition.name.value === 'join__Graph',
    );
    if (isComposed) return text;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new Failure(
      'bad-input',
      `${file} is not valid GraphQL: ${error.message}. Compose it with \`npm run compose\``,
    );
  }
  throw new Failure(
    'bad-input',
    `${file} is a schema, but not a supergraph: expected one that was composed, with the enum join__Graph. Compose it with \`npm run compose\``,
  );
}

/** The names of the subgraphs that a supergraph was composed of. */
export function subgraphsOf(supergraphSdl: string): string[] {
  return [...supergraphSdl.matchAll(/@join__graph\(name:\s*"([^"]+)"/g)].map(([, name]) => name ?? '');
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure(
      'bad-input',
      `Cannot read the supergraph ${file}: ${(error as Error).message}. Compose it with \`npm run compose\``,
    );
  }
}
