import { resolve } from 'node:path';
import { type Environment, oneOf, port, readConfig, url, z } from '@stoa/config';
import { repositoryRoot } from '@stoa/registry';

/** The environment of this process, which the host hands to what it runs. */
export function processEnvironment(): Environment {
  return process.env;
}

export interface HostConfig {
  readonly production: boolean;
  readonly port: number;
  readonly dataFolder: string;
  /** For processes of their own: the first of a run of free ports, in place of those of rover.yaml. */
  readonly firstServicePort: number | undefined;
}

/** @throws {ConfigError} with all problems together */
export function readHostConfig(environment: Environment): HostConfig {
  const read = readConfig(
    'the host',
    {
      NODE_ENV: oneOf(['development', 'test', 'production'], 'development'),
      PORT: port(4000),
      SERVICES_FIRST_PORT: port(0),
      STOA_DATA_DIR: z.string().default(resolve(repositoryRoot(), '.data')),
    },
    environment,
  );
  return {
    production: read.NODE_ENV === 'production',
    port: read.PORT,
    dataFolder: resolve(read.STOA_DATA_DIR),
    firstServicePort: read.SERVICES_FIRST_PORT === 0 ? undefined : read.SERVICES_FIRST_PORT,
  };
}

/**
 * The environment of one subgraph. DATABASE_URL names a PostgreSQL server (and the beginning of a
 * database's name, `stoa` when it has none), on which each subgraph gets a database of its own or, with
 * DATABASE_LAYOUT=schemas, a schema of its own in that one database; `<NAME>_DATABASE_URL` names one outright.
 * @throws {ConfigError}
 */
export function environmentOf(subgraph: string, environment: Environment): Environment {
  const variable = `${variableName(subgraph)}_DATABASE_URL`;
  const postgres = url(['postgres', 'postgresql', 'sqlite']).optional();
  const layout = oneOf(['databases', 'schemas'], 'databases');
  const read = readConfig(
    'the host',
    {
      [variable]: postgres,
      DATABASE_URL: postgres,
      DATABASE_LAYOUT: layout,
    },
    environment,
  );
  const own = read[variable] as string | undefined;
  if (own !== undefined) return { ...environment, DATABASE_URL: own };
  if (read.DATABASE_URL === undefined || read.DATABASE_URL.startsWith('sqlite:'))
    return { ...environment, DATABASE_URL: undefined };
  const server = new URL(read.DATABASE_URL);
  const prefix = server.pathname.length > 1 ? server.pathname : '/stoa';
  const name = subgraph.replaceAll('-', '_');
  if (read.DATABASE_LAYOUT === 'schemas') {
    server.pathname = prefix;
    server.searchParams.set('schema', name);
  } else {
    server.pathname = `${prefix}_${name}`;
  }
  return { ...environment, DATABASE_URL: server.href };
}

/** The form of a subgraph's name in the names of variables: `SEARCH_INDEX` for search-index. */
export function variableName(subgraph: string): string {
  return subgraph.toUpperCase().replaceAll('-', '_');
}
