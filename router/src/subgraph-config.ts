import { type Environment, flag, integer, oneOf, readConfig, url } from '@stoa/config';

/** What holds for every subgraph that has no setting of its own. */
const shape = {
  SUBGRAPH_TIMEOUT_MS: integer(10_000, { min: 1, max: 600_000 }),
  /** After the first attempt, for queries alone. */
  SUBGRAPH_RETRIES: integer(2, { min: 0, max: 10 }),
  SUBGRAPH_CONNECTIONS: integer(64, { min: 1, max: 10_000 }),
  SUBGRAPH_ANSWER_LIMIT_BYTES: integer(50_000_000, { min: 1_000, max: 1_000_000_000 }),
  /** Failures one after another that open the circuit breaker; 0 for no breaker. */
  SUBGRAPH_BREAKER_FAILURES: integer(10, { min: 0, max: 100_000 }),
  SUBGRAPH_BREAKER_PAUSE_MS: integer(5_000, { min: 1, max: 600_000 }),
  SUBGRAPH_HTTP2: flag(false),
} as const;

/** How one subgraph is asked over HTTP. */
export interface SubgraphSettings {
  readonly url: string;
  /** For one attempt, from asking until the answer is whole. */
  readonly timeoutMs: number;
  /** How often a query is asked again. */
  readonly retries: number;
  /** The most connections to the origin. */
  readonly connections: number;
  /** The largest answer that is read, in bytes, before and after decompression. */
  readonly answerLimitBytes: number;
  /** Null for no breaker. */
  readonly breaker: { readonly failures: number; readonly pauseMs: number } | null;
  /** Whether HTTP/2 is offered when a TLS connection is made. */
  readonly http2: boolean;
  readonly subscriptions: SubscriptionAddress;
}

/** Where and how a subgraph's subscriptions are opened. */
export interface SubscriptionAddress {
  readonly protocol: 'sse' | 'graphql-ws';
  readonly url: string;
}

/**
 * The settings of one subgraph: `<NAME>_URL` in place of the address composed into the supergraph, and
 * `<NAME>_TIMEOUT_MS` and so on in place of `SUBGRAPH_TIMEOUT_MS` and so on. `<NAME>_SUBSCRIPTIONS` and
 * `<NAME>_SUBSCRIPTIONS_URL`: by default GraphQL over SSE, where the subgraph answers. Over WebSockets the same address is
 * meant, with its scheme.
 * @throws {ConfigError} with all problems together
 */
export function subgraphSettingsOf(
  name: string,
  composedUrl: string,
  environment: Environment,
): SubgraphSettings {
  const prefix = name.toUpperCase().replaceAll('-', '_');
  const given = Object.fromEntries(
    Object.keys(shape).map((key) => [
      key,
      environment[`${prefix}_${key.slice('SUBGRAPH_'.length)}`] || environment[key],
    ]),
  );
  const address = `${prefix}_URL`;
  const { [address]: composedOrGiven } = readConfig(
    'router',
    { [address]: url(['http', 'https']).default(composedUrl) },
    environment,
  );
  const subscriptions = subscriptionsOf(prefix, composedOrGiven as string, environment);
  const read = readConfig(`router, for the subgraph ${name},`, shape, given);
  return {
    url: composedOrGiven as string,
    timeoutMs: read.SUBGRAPH_TIMEOUT_MS,
    retries: read.SUBGRAPH_RETRIES,
    connections: read.SUBGRAPH_CONNECTIONS,
    answerLimitBytes: read.SUBGRAPH_ANSWER_LIMIT_BYTES,
    breaker:
      read.SUBGRAPH_BREAKER_FAILURES === 0
        ? null
        : { failures: read.SUBGRAPH_BREAKER_FAILURES, pauseMs: read.SUBGRAPH_BREAKER_PAUSE_MS },
    http2: read.SUBGRAPH_HTTP2,
    subscriptions,
  };
}

function subscriptionsOf(prefix: string, ordinaryUrl: string, environment: Environment): SubscriptionAddress {
  const [byProtocol, byUrl] = [`${prefix}_SUBSCRIPTIONS`, `${prefix}_SUBSCRIPTIONS_URL`];
  const read = readConfig(
    'router',
    {
      [byProtocol]: oneOf(['sse', 'graphql-ws'], 'sse'),
      [byUrl]: url(['http', 'https', 'ws', 'wss']).default(ordinaryUrl),
    },
    environment,
  );
  const protocol = read[byProtocol] as SubscriptionAddress['protocol'];
  const address = read[byUrl] as string;
  return { protocol, url: protocol === 'sse' ? address : address.replace(/^http/, 'ws') };
}
