import { type Environment, integer, readConfig, url, z } from '@stoa/config';

/** How a consumer treats its events; the same for all of a subgraph. */
export interface EventSettings {
  /** How often an event is tried before it is set aside. */
  readonly attempts: number;
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** How many events of different aggregates a consumer handles at once; on SQLite those of consumers without a transaction alone. */
  readonly concurrency: number;
  /** How long a handler without a transaction has before another instance may try. */
  readonly leaseMs: number;
  /** How long to rest when there is nothing to do. */
  readonly pollMs: number;
  /** How long it is remembered that an event was handled. */
  readonly retentionDays: number;
}

/** @throws {ConfigError} with all problems together */
export function readEventSettings(owner: string, environment: Environment): EventSettings {
  const read = readConfig(
    owner,
    {
      EVENT_ATTEMPTS: integer(10, { min: 1, max: 100 }),
      EVENT_RETRY_MS: integer(500, { min: 1, max: 3_600_000 }),
      EVENT_RETRY_LONGEST_MS: integer(300_000, { min: 1, max: 86_400_000 }),
      EVENT_CONCURRENCY: integer(4, { min: 1, max: 100 }),
      EVENT_LEASE_MS: integer(60_000, { min: 1_000, max: 3_600_000 }),
      EVENT_POLL_MS: integer(1_000, { min: 5, max: 60_000 }),
      EVENT_RETENTION_DAYS: integer(14, { min: 1, max: 3_650 }),
    },
    environment,
  );
  return {
    attempts: read.EVENT_ATTEMPTS,
    firstRetryMs: read.EVENT_RETRY_MS,
    longestRetryMs: read.EVENT_RETRY_LONGEST_MS,
    concurrency: read.EVENT_CONCURRENCY,
    leaseMs: read.EVENT_LEASE_MS,
    pollMs: read.EVENT_POLL_MS,
    retentionDays: read.EVENT_RETENTION_DAYS,
  };
}

export interface BrokerSettings {
  /** `amqp://user:password@host:5672`; undefined without a RabbitMQ. */
  readonly url: string | undefined;
  readonly prefix: string;
  readonly prefetch: number;
}

/** @throws {ConfigError} with all problems together */
export function readBrokerSettings(owner: string, environment: Environment): BrokerSettings {
  const read = readConfig(
    owner,
    {
      BROKER_URL: url(['amqp', 'amqps']).optional(),
      BROKER_PREFIX: z
        .string()
        .regex(/^[\w.-]{0,64}$/, 'expected at most 64 letters, digits, dots and hyphens')
        .default(''),
      BROKER_PREFETCH: integer(250, { min: 1, max: 10_000 }),
    },
    environment,
  );
  return { url: read.BROKER_URL, prefix: read.BROKER_PREFIX, prefetch: read.BROKER_PREFETCH };
}
