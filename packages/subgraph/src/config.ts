import { resolve } from 'node:path';
import { type ConfigOf, type Environment, integer, oneOf, readConfig, url, z } from '@stoa/config';
import { contextSecret } from '@stoa/identity';
import { repositoryRoot } from '@stoa/registry';

/** Where a subgraph keeps what it knows. */
const databaseShape = {
  /** The folder of the embedded databases and of development secrets. */
  STOA_DATA_DIR: z.string().default(resolve(repositoryRoot(), '.data')),
  /** PostgreSQL; unset, a SQLite file in the data folder. */
  DATABASE_URL: url(['postgres', 'postgresql', 'sqlite']).optional(),
} as const;

/** What every subgraph reads of its environment, whatever its domain. */
const shape = {
  ...databaseShape,
  NODE_ENV: oneOf(['development', 'test', 'production'], 'development'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'expected a log level such as info')
    .optional(),
  DATABASE_POOL_SIZE: integer(10, { min: 1, max: 500 }),
  STOA_CONTEXT_SECRET: z.string().optional(),
  /** Whether to fill an empty database with the demo shop; not in production, unless asked. */
  STOA_SEED: z.enum(['true', 'false'], 'expected true or false').optional(),
  BODY_LIMIT_BYTES: integer(1_000_000, { min: 1_000, max: 100_000_000 }),
} as const;

export interface BaseConfig {
  readonly production: boolean;
  readonly logLevel: NonNullable<ConfigOf<typeof shape>['LOG_LEVEL']>;
  /** Absolute. */
  readonly dataFolder: string;
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly contextSecret: string;
  readonly isSeeded: boolean;
  readonly bodyLimitBytes: number;
}

/**
 * Reads the settings that all subgraphs share.
 * @throws {ConfigError} with all problems together
 * @throws {Failure} when production lacks a secret
 */
export function readBaseConfig(name: string, environment: Environment): BaseConfig {
  const read = readConfig(name, shape, environment);
  const production = read.NODE_ENV === 'production';
  const dataFolder = resolve(read.STOA_DATA_DIR);
  return {
    production,
    logLevel: read.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    dataFolder,
    databaseUrl: databaseUrlOf(name, environment),
    databasePoolSize: read.DATABASE_POOL_SIZE,
    contextSecret: contextSecret(read.STOA_CONTEXT_SECRET, production, dataFolder),
    isSeeded: read.STOA_SEED === undefined ? !production : read.STOA_SEED === 'true',
    bodyLimitBytes: read.BODY_LIMIT_BYTES,
  };
}

/**
 * Where the database of a subgraph is: DATABASE_URL, or else a file in the data folder.
 * @throws {ConfigError} with all problems together
 */
export function databaseUrlOf(name: string, environment: Environment): string {
  const { DATABASE_URL, STOA_DATA_DIR } = readConfig(name, databaseShape, environment);
  return DATABASE_URL ?? `sqlite:${resolve(STOA_DATA_DIR, `${name}.sqlite`)}`;
}

/** The environment of this process, for the programs that pass it on. */
export function processEnvironment(): Environment {
  return process.env;
}
