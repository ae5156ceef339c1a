import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '@stoa/config';
import { Failure } from '@stoa/errors';
import { GraphQLError, parse } from 'graphql';
import { type TrustedDocuments, trustedDocuments } from './trusted-documents.ts';

/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format */
const manifestShape = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

/**
 * Reads the manifests of a folder: its own manifest.json and that of each folder in it, a client each.
 * A folder that does not exist has none.
 * @throws {Failure} bad-input for a file that is not a manifest, a body that is not GraphQL, and an id that two
 *   operations share
 */
export function loadTrustedDocuments(folder: string): TrustedDocuments {
  const bodies = new Map<string, string>();
  for (const file of manifestsIn(folder)) {
    for (const { id, body } of readManifest(file)) {
      if ((bodies.get(id) ?? body) !== body) {
        throw new Failure(
          'bad-input',
          `${file}: the id ${id} belongs to another operation already. ${wayOut}`,
        );
      }
      bodies.set(id, body);
    }
  }
  return trustedDocuments(bodies);
}

const wayOut =
  'Make the manifests anew with `npm run operations`, or name another folder by TRUSTED_DOCUMENTS_DIR';

function manifestsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const folders = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name))
    .sort();
  return [folder, ...folders].map((path) => join(path, 'manifest.json')).filter((path) => existsSync(path));
}

function readManifest(file: string): readonly { id: string; body: string }[] {
  const result = manifestShape.safeParse(readJson(file));
  if (!result.success) {
    const [issue] = result.error.issues;
    const where = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
    throw notAManifest(file, `${issue?.message}${where}`);
  }
  for (const { id, body } of result.data.operations) {
    try {
      parse(body, { noLocation: true });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      throw notAManifest(file, `the body of the operation ${id} is not GraphQL: ${error.message}`);
    }
  }
  return result.data.operations;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw notAManifest(file, (error as Error).message);
  }
}

function notAManifest(file: string, reason: string): Failure {
  return new Failure(
    'bad-input',
    `${file} is not a persisted-query manifest of version 1 in Apollo's format: ${reason}. ${wayOut}`,
  );
}
