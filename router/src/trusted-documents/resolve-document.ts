import { Failure } from '@stoa/errors';
import type { TrustedDocuments } from './trusted-documents.ts';

/** What a request says of its operation, whichever transport it came by. */
export interface DocumentRequest {
  readonly query?: unknown;
  /** Of a manifest, as several clients send it. */
  readonly id?: unknown;
  /** The same, as the GraphQL over HTTP working group drafts it; may be written `sha256:<hash>`. */
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}

/**
 * Finds the text that a request asks for by an id or hash of a manifest.
 * @param only whether nothing else may run
 * @returns the text to run in place of what was sent; null to go on with the request as it is
 * @throws {Failure} bad-input, PERSISTED_QUERY_NOT_IN_LIST, for an id of no manifest, and with `only` for
 *   everything that is in none
 */
export function resolveDocument(
  { query, id, documentId, extensions }: DocumentRequest,
  documents: TrustedDocuments,
  only: boolean,
): string | null {
  if (typeof query === 'string' && query !== '') {
    if (only && !documents.has(query))
      throw notInList('The operation is not one of those that this graph trusts');
    return null;
  }
  const given = typeof documentId === 'string' ? documentId.replace(/^sha256:/, '') : id;
  if (typeof given === 'string' && given !== '') {
    const text = documents.find(given);
    if (text === null) throw notInList('The id is not of an operation that this graph trusts');
    return text;
  }
  const hash = persistedHashOf(extensions);
  const text = hash === null ? null : documents.find(hash);
  // Another hash may be of an automatic persisted query, which has a protocol of its own.
  if (text === null && hash !== null && only)
    throw notInList('The hash is not of an operation that this graph trusts');
  return text;
}

/** The hash of Apollo's protocol for persisted queries, which manifests share with automatic ones. */
function persistedHashOf(extensions: unknown): string | null {
  if (typeof extensions !== 'object' || extensions === null || !('persistedQuery' in extensions)) return null;
  const { persistedQuery } = extensions;
  if (typeof persistedQuery !== 'object' || persistedQuery === null || !('sha256Hash' in persistedQuery))
    return null;
  return typeof persistedQuery.sha256Hash === 'string' ? persistedQuery.sha256Hash : null;
}

function notInList(what: string): Failure {
  return new Failure(
    'bad-input',
    `${what}: send one of the client's manifest, by its id or its text, and publish the manifest before the client`,
    { code: 'PERSISTED_QUERY_NOT_IN_LIST' },
  );
}
