import { resolve } from 'node:path';
import { type Environment, flag, integer, oneOf, port, readConfig, url, z } from '@stoa/config';
import { contextSecret } from '@stoa/identity';
import { repositoryRoot } from '@stoa/registry';
import type { StreamLimits } from './streams/stream-limits.ts';

const algorithms = ['ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const;

/** A list written with commas. */
const list = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    );

const shape = {
  NODE_ENV: oneOf(['development', 'test', 'production'], 'development'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'expected a log level such as info')
    .optional(),
  PORT: port(4000),
  STOA_DATA_DIR: z.string().default(resolve(repositoryRoot(), '.data')),
  STOA_CONTEXT_SECRET: z.string().optional(),
  /** The composed schema to serve. */
  SUPERGRAPH_FILE: z.string().default(resolve(repositoryRoot(), 'schema', 'supergraph.graphql')),
  /** Who runs the plans of operations: the router's own engine, or @apollo/gateway. */
  ROUTER_EXECUTION: oneOf(['engine', 'apollo'], 'engine'),
  /** How often the composed schema is looked at, to serve one that was written anew; 0 for never. */
  SUPERGRAPH_POLL_MS: integer(5_000, { min: 0, max: 86_400_000 }),
  /** Where plans are made: in a thread of its own, or in the one that answers. A thread, but for tests. */
  ROUTER_PLANNING: z.enum(['thread', 'in-place'], 'expected thread or in-place').optional(),
  /** A folder for plans that the next start need not make again; `off` keeps none. In the data folder, but for tests. */
  ROUTER_PLANS_DIR: z.string().optional(),
  /** Whether equal queries to a subgraph that are under way for the same caller are asked once. */
  SHARE_SUBGRAPH_QUERIES: flag(true),
  /** Whether equal queries of clients that are under way for the same caller are answered once. */
  SHARE_CLIENT_QUERIES: flag(false),
  /** How many operations run at once while the router has as much to do as it can; 0 for as many as come. */
  ROUTER_OPERATIONS_AT_ONCE: integer(8, { min: 0, max: 100_000 }),
  /** Custom labels of @override that are active. */
  OVERRIDE_LABELS: list(''),
  /** Where the keys of access tokens are published. */
  JWKS_URL: url(['http', 'https']).default('http://localhost:4001/.well-known/jwks.json'),
  ACCESS_TOKEN_ISSUER: z.string().default('http://localhost:4000'),
  ACCESS_TOKEN_AUDIENCE: z.string().default('stoa'),
  /** Asymmetric algorithms alone: a shared secret or `none` is never accepted. */
  ACCESS_TOKEN_ALGORITHMS: list('ES256').refine(
    (names) => names.length > 0 && names.every((name) => (algorithms as readonly string[]).includes(name)),
    `expected some of ${algorithms.join(', ')}, separated by commas`,
  ),
  /** Origins whose pages may query; `*` for all. None in production unless set. */
  CORS_ORIGINS: list('').optional(),
  DEFAULT_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as EUR')
    .default('EUR'),
  DEFAULT_LOCALE: z.string().default('en'),
  BODY_LIMIT_BYTES: integer(1_000_000, { min: 1_000, max: 100_000_000 }),
  /** The proxies (a load balancer, NGINX) that are believed when they name the client's address in X-Forwarded-For. */
  TRUSTED_PROXIES: list(''),
  /** Whether to record which fields which client's operations use. On, but for tests. */
  USAGE: z.enum(['off', 'on'], 'expected off or on').optional(),
  USAGE_DATABASE_URL: z
    .string()
    .regex(/^(sqlite:|postgres(ql)?:\/\/)./, 'expected a URL that starts with postgresql:// or sqlite:')
    .optional(),
  USAGE_MAX_OPERATIONS: integer(1_000, { min: 1, max: 100_000 }),
  USAGE_FLUSH_SECONDS: integer(10, { min: 1, max: 3_600 }),
  USAGE_RETENTION_DAYS: integer(90, { min: 1, max: 3_650 }),
  /** Connections that are answered in parts: subscriptions and the like. */
  STREAMS_MAX: integer(10_000, { min: 0, max: 1_000_000 }),
  STREAMS_MAX_PER_CALLER: integer(100, { min: 1, max: 1_000_000 }),
  STREAMS_MAX_PER_SOCKET: integer(100, { min: 1, max: 100_000 }),
  STREAM_BUFFER: integer(100, { min: 1, max: 100_000 }),
  STREAM_HEARTBEAT_MS: integer(10_000, { min: 10, max: 600_000 }),
  /** The manifests of the operations that clients are known to send. */
  TRUSTED_DOCUMENTS_DIR: z.string().default(resolve(repositoryRoot(), 'schema', 'operations')),
  /** What becomes of any other operation: it runs, is logged and runs, or is refused. */
  TRUSTED_DOCUMENTS: oneOf(['off', 'log', 'only'], 'off'),
  AUTOMATIC_PERSISTED_QUERIES: oneOf(['off', 'on'], 'on'),
  AUTOMATIC_PERSISTED_QUERIES_BYTES: integer(16_000_000, { min: 10_000, max: 1_000_000_000 }),
} as const;

export interface RouterConfig {
  readonly production: boolean;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly port: number;
  readonly supergraphFile: string;
  /** 0 when a supergraph that changes is not followed. */
  readonly supergraphPollMs: number;
  readonly execution: 'engine' | 'apollo';
  readonly planning: 'thread' | 'in-place';
  /** Null when plans are not kept. */
  readonly plansFolder: string | null;
  /** Which queries that are under way are shared by equal ones of the same caller. */
  readonly sharing: { readonly ofSubgraphs: boolean; readonly ofClients: boolean };
  /** How many operations run at once while there is no time to spare; 0 where that is not bounded. */
  readonly operationsAtOnce: number;
  readonly overrideLabels: readonly string[];
  readonly contextSecret: string;
  readonly jwksUrl: string;
  readonly accessToken: {
    readonly issuer: string;
    readonly audience: string;
    readonly algorithms: readonly string[];
  };
  readonly corsOrigins: readonly string[];
  readonly defaultCurrency: string;
  readonly defaultLocale: string;
  readonly bodyLimitBytes: number;
  readonly trustedProxies: readonly string[];
  /** Null when use is not recorded. */
  readonly usage: {
    readonly databaseUrl: string;
    readonly maxOperations: number;
    readonly flushMs: number;
    readonly retentionDays: number;
  } | null;
  readonly trustedDocuments: { readonly folder: string; readonly mode: 'off' | 'log' | 'only' };
  readonly streams: StreamLimits;
  /** Null when they are not answered. */
  readonly automaticPersistedQueries: { readonly maxBytes: number } | null;
}

/**
 * Reads the router's settings.
 * @throws {ConfigError} with all problems together
 * @throws {Failure} when production lacks a secret
 */
export function readRouterConfig(environment: Environment): RouterConfig {
  const read = readConfig('router', shape, environment);
  const production = read.NODE_ENV === 'production';
  return {
    production,
    logLevel: read.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    port: read.PORT,
    supergraphFile: resolve(read.SUPERGRAPH_FILE),
    supergraphPollMs: read.SUPERGRAPH_POLL_MS,
    execution: read.ROUTER_EXECUTION,
    planning: read.ROUTER_PLANNING ?? (read.NODE_ENV === 'test' ? 'in-place' : 'thread'),
    plansFolder: plansFolder(read),
    sharing: { ofSubgraphs: read.SHARE_SUBGRAPH_QUERIES, ofClients: read.SHARE_CLIENT_QUERIES },
    operationsAtOnce: read.ROUTER_OPERATIONS_AT_ONCE,
    overrideLabels: read.OVERRIDE_LABELS,
    contextSecret: contextSecret(read.STOA_CONTEXT_SECRET, production, resolve(read.STOA_DATA_DIR)),
    jwksUrl: read.JWKS_URL,
    accessToken: {
      issuer: read.ACCESS_TOKEN_ISSUER,
      audience: read.ACCESS_TOKEN_AUDIENCE,
      algorithms: read.ACCESS_TOKEN_ALGORITHMS,
    },
    corsOrigins: read.CORS_ORIGINS ?? (production ? [] : ['*']),
    defaultCurrency: read.DEFAULT_CURRENCY,
    defaultLocale: read.DEFAULT_LOCALE,
    bodyLimitBytes: read.BODY_LIMIT_BYTES,
    trustedProxies: read.TRUSTED_PROXIES,
    usage:
      (read.USAGE ?? (read.NODE_ENV === 'test' ? 'off' : 'on')) === 'off'
        ? null
        : {
            databaseUrl: read.USAGE_DATABASE_URL ?? `sqlite:${resolve(read.STOA_DATA_DIR, 'usage.sqlite')}`,
            maxOperations: read.USAGE_MAX_OPERATIONS,
            flushMs: read.USAGE_FLUSH_SECONDS * 1_000,
            retentionDays: read.USAGE_RETENTION_DAYS,
          },
    trustedDocuments: { folder: resolve(read.TRUSTED_DOCUMENTS_DIR), mode: read.TRUSTED_DOCUMENTS },
    streams: {
      most: read.STREAMS_MAX,
      mostOfCaller: read.STREAMS_MAX_PER_CALLER,
      mostOfSocket: read.STREAMS_MAX_PER_SOCKET,
      buffered: read.STREAM_BUFFER,
      heartbeatMs: read.STREAM_HEARTBEAT_MS,
    },
    automaticPersistedQueries:
      read.AUTOMATIC_PERSISTED_QUERIES === 'off'
        ? null
        : { maxBytes: read.AUTOMATIC_PERSISTED_QUERIES_BYTES },
  };
}

/** The environment of this process, for the router run on its own. */
export function processEnvironment(): Environment {
  return process.env;
}

/** Apollo's gateway starts an exporter of its own unless told not to: Stoa tells it, before it is loaded. */
export function disableGatewayTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED ??= 'true';
}

function plansFolder(read: {
  readonly NODE_ENV: string;
  readonly ROUTER_PLANS_DIR?: string | undefined;
  readonly STOA_DATA_DIR: string;
}): string | null {
  const folder = read.ROUTER_PLANS_DIR ?? (read.NODE_ENV === 'test' ? 'off' : undefined);
  return folder === 'off' ? null : resolve(folder ?? resolve(read.STOA_DATA_DIR, 'plans'));
}
