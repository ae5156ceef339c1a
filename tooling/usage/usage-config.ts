import { resolve } from 'node:path';
import { type Environment, readConfig, z } from '@stoa/config';

/** The environment of this process, for a command. */
export function processEnvironment(): Environment {
  return process.env;
}

/** Where the router writes its record of use, by the same settings. */
export function usageUrl(environment: Environment, root: string): string {
  const { USAGE_DATABASE_URL, STOA_DATA_DIR } = readConfig(
    'schema:usage',
    { USAGE_DATABASE_URL: z.string().optional(), STOA_DATA_DIR: z.string().default(resolve(root, '.data')) },
    environment,
  );
  return USAGE_DATABASE_URL ?? `sqlite:${resolve(STOA_DATA_DIR, 'usage.sqlite')}`;
}
