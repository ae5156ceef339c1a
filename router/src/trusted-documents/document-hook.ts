import { resolveDocument } from './resolve-document.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** What is read and changed of an HTTP request. */
interface EditableRequest {
  readonly method: string;
  readonly raw: { url?: string };
  body: unknown;
}

/**
 * Puts the text of a trusted document into the requests that ask for one by id, before the GraphQL
 * server reads them.
 * @returns a hook of Fastify's kind preHandler; it throws what `resolveDocument` throws
 */
export function documentHook(documents: TrustedDocuments, only: boolean) {
  return async (request: EditableRequest): Promise<void> => {
    if (request.method === 'GET') resolveInUrl(request, documents, only);
    else resolveInBody(request, documents, only);
  };
}

function resolveInBody(request: EditableRequest, documents: TrustedDocuments, only: boolean): void {
  const resolved = (sent: unknown): unknown => {
    if (typeof sent !== 'object' || sent === null) return sent;
    const { extensions }: { readonly extensions?: unknown } = sent;
    const text = resolveDocument(sent, documents, only);
    return text === null ? sent : { ...sent, query: text, extensions: withoutHash(extensions) ?? {} };
  };
  // Whether a list is taken at all is for the GraphQL server to say; what is in it gets no way round.
  request.body = Array.isArray(request.body) ? request.body.map(resolved) : resolved(request.body);
}

function resolveInUrl(request: EditableRequest, documents: TrustedDocuments, only: boolean): void {
  // Read as the GraphQL server reads it, so that both see the same operation.
  const { pathname, searchParams } = new URL(request.raw.url ?? '', 'http://localhost');
  const extensions = parseJson(searchParams.get('extensions'));
  const text = resolveDocument({ ...Object.fromEntries(searchParams), extensions }, documents, only);
  if (text === null) return;
  searchParams.set('query', text);
  searchParams.set('extensions', JSON.stringify(withoutHash(extensions) ?? {}));
  request.raw.url = `${pathname}?${searchParams}`;
}

/** Extensions without the hash, which would only be computed again; it need not be that of the text. */
function withoutHash(extensions: unknown): unknown {
  if (typeof extensions !== 'object' || extensions === null) return extensions;
  const { persistedQuery: _, ...rest } = extensions as Record<string, unknown>;
  return rest;
}

/** What cannot be parsed is left to the GraphQL server to refuse. */
function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
