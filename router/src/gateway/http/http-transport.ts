import { setTimeout as pause } from 'node:timers/promises';
import { contextHeader, requestIdHeader } from '@stoa/identity';
import type { Logger } from '@stoa/telemetry';
import { LRUCache } from 'lru-cache';
import { type SubgraphAnswer, unescaped } from '../../engine/subgraph-request.ts';
import type { SubgraphSettings } from '../../subgraph-config.ts';
import { isAnswer } from '../is-answer.ts';
import { subscribeTo } from '../subscriptions/subscribe-to.ts';
import type { SubgraphRequest, SubgraphTransport } from '../transport.ts';
import { circuitBreaker } from './circuit-breaker.ts';
import { decompress, isCoded, understoodEncodings } from './decompress.ts';
import { NoAnswer } from './no-answer.ts';
import type { OriginPools } from './origin-pools.ts';
import { type Posted, post } from './post.ts';

export interface HttpTransportOptions {
  readonly name: string;
  readonly settings: SubgraphSettings;
  readonly pools: OriginPools;
  readonly logger: Logger;
}

/** The pause before the first repetition is up to this; it doubles with each. */
const firstPauseMs = 50;
/** Of a server, or a proxy in front of it, that is away for a moment. */
const passingStatuses = new Set([502, 503, 504]);

/**
 * Asks a subgraph over HTTP. Only what is named here is sent: no header of the client's goes further. A query is asked
 * again, after a random pause, when nothing of an answer came or a server was away; a mutation never is.
 * @throws {NoAnswer}
 */
export function httpTransport({ name, settings, pools, logger }: HttpTransportOptions): SubgraphTransport {
  const url = new URL(settings.url);
  const { timeoutMs, answerLimitBytes } = settings;
  const held = pools.acquire(url.origin, {
    connections: settings.connections,
    http2: settings.http2,
    connectTimeoutMs: timeoutMs,
  });
  const breaker =
    settings.breaker &&
    circuitBreaker({
      ...settings.breaker,
      onChange: (state) => logger.warn({ event: `subgraph.breaker-${state}`, subgraph: name }),
    });

  const attempt = async (
    body: string,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<SubgraphAnswer> => {
    if (breaker?.mayAsk() === false)
      throw new NoAnswer('breaker-open', `${url.href} is not asked, as it failed too often just now`);
    try {
      const posted = await post({
        pool: held.pool,
        url,
        headers,
        body,
        timeoutMs,
        limitBytes: answerLimitBytes,
        signal,
      });
      const { body: bytes, encoding } = posted;
      const answer = parseAnswer(
        isCoded(encoding) ? await decompress(bytes, encoding, url, answerLimitBytes) : bytes,
        posted,
        url,
      );
      breaker?.succeeded();
      return answer;
    } catch (error) {
      const reason = error instanceof NoAnswer ? error.reason : undefined;
      if (reason === 'connection' || reason === 'timeout' || reason === 'status') breaker?.failed();
      // It answered, if only nonsense: it is there.
      else if (reason === 'cancelled') breaker?.untold();
      else breaker?.succeeded();
      throw error;
    }
  };

  return {
    async send(request, signedContext, requestId, { signal, isQuery = false, variablesJson } = {}) {
      const body = bodyOf(request, variablesJson?.());
      const headers = {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        'accept-encoding': understoodEncodings,
        [contextHeader]: signedContext,
        [requestIdHeader]: requestId,
      };
      for (let repetition = 0; ; repetition += 1) {
        try {
          return await attempt(body, headers, signal);
        } catch (error) {
          const mayRepeat = error instanceof NoAnswer && error.mayBeAskedAgain;
          if (!isQuery || !mayRepeat || repetition >= settings.retries || signal?.aborted) throw error;
          await pause(Math.random() * firstPauseMs * 2 ** repetition, undefined, { signal }).catch(() => {
            throw new NoAnswer('cancelled', `Nobody waits for ${url.href} any more`);
          });
        }
      }
    },
    // On connections of its own, as streams stay open: they take no request's place in the pool.
    subscribe: subscribeTo(settings.subscriptions),
    close: () => held.release(),
  };
}

/** The query is the same text for every run of a plan: how it is written in JSON is kept with it. */
const queriesAsJson = new LRUCache<string, string>({ max: 10_000 });

function bodyOf({ query, operationName, variables }: SubgraphRequest, variablesJson?: string): string {
  let queryJson = queriesAsJson.get(query);
  if (queryJson === undefined) {
    queryJson = JSON.stringify(query);
    queriesAsJson.set(query, queryJson);
  }
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  return `{"query":${queryJson}${name},"variables":${variablesJson ?? JSON.stringify(variables ?? {})}}`;
}

function parseAnswer(body: Buffer, { status }: Posted, url: URL): SubgraphAnswer {
  const text = body.toString('utf8');
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (error) {
    throw unusable(status, url, 'what is not JSON', error);
  }
  if (!isAnswer(answer)) throw unusable(status, url, 'JSON without data and errors');
  if (passingStatuses.has(status) && (answer.data ?? null) === null)
    throw unusable(status, url, 'errors alone');
  return text.includes('\\') ? answer : { ...answer, [unescaped]: true };
}

function unusable(status: number, url: URL, found: string, cause?: unknown): NoAnswer {
  return new NoAnswer(
    status >= 500 ? 'status' : 'malformed',
    `${url.href} answered HTTP ${status} with ${found}: expected a GraphQL answer`,
    { mayBeAskedAgain: passingStatuses.has(status), cause },
  );
}
