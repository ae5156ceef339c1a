import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { z } from 'zod';
import type { GraphVersion } from './graph-version.ts';
import { InputError } from './input-error.ts';

const answerShape = z.object({
  data: z.custom<IntrospectionQuery>(
    (data) => typeof data === 'object' && data !== null && '__schema' in data,
  ),
});
const timeoutMs = 20_000;

/**
 * The API schema of the graph that runs at a URL, by introspection. The steps that need its supergraph say so.
 * @throws {InputError} when nothing answers there, or introspection is off
 */
export async function fromUrl(url: string): Promise<GraphVersion> {
  const answer = await ask(url);
  const parsed = answerShape.safeParse(answer);
  if (!parsed.success) {
    throw new InputError(
      'BASE_UNREADABLE',
      `Expected ${url} to answer an introspection query, and it answered ${JSON.stringify(answer).slice(0, 300)}.`,
      'A router in production has introspection off: name its supergraph file by --base instead.',
    );
  }
  return {
    label: url,
    revision: null,
    subgraphs: [],
    remarks: [],
    supergraphSdl: null,
    apiSchema: buildClientSchema(parsed.data.data),
  };
}

async function ask(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: getIntrospectionQuery({ inputValueDeprecation: true }) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return `${response.status} ${text}`;
    }
  } catch (error) {
    throw new InputError(
      'BASE_UNREACHABLE',
      `Expected a GraphQL server at ${url}, and it did not answer: ${reasonOf(error)}`,
      'Start the graph there, or name a commit or a supergraph file by --base.',
      error,
    );
  }
}

/** fetch says only "fetch failed"; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message;
}
