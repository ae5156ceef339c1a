import { type Environment, readConfig } from '@stoa/config';
import { type Database, openDatabase } from '@stoa/database';
import { readBaseConfig } from '@stoa/subgraph';
import { migrations } from '../../migrations/index.ts';
import { type Settings, settingsOf, shape } from '../config.ts';
import { entities } from '../entities.ts';

/** What a command of an operator works with. */
export interface OwnDatabase {
  readonly settings: Settings;
  readonly database: Database;
}

/**
 * Opens the database that the service uses under the same environment, without starting the service.
 * @throws {ConfigError} when a variable is wrong
 * @throws {Failure} when the database cannot be opened
 */
export async function openOwnDatabase(environment: Environment): Promise<OwnDatabase> {
  const base = readBaseConfig('accounts', environment);
  const settings = settingsOf({ ...base, ...readConfig('accounts', shape, environment) });
  return { settings, database: await openDatabase({ url: base.databaseUrl, entities, migrations }) };
}
