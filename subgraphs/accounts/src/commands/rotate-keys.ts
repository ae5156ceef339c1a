import { parseArgs } from 'node:util';
import { newId, systemClock } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import { rotateKeys } from '../keys/rotate-keys.ts';
import { openOwnDatabase } from './open-own-database.ts';
import type { Command } from './run-command.ts';

/**
 * Makes a new signing key. With `--now` it signs at once, for when the old one cannot be opened any
 * more; whoever caches the key list then has to fetch it anew.
 */
export const rotateKeysCommand: Command = async (args, environment) => {
  const { values } = parseArgs({ args, options: { now: { type: 'boolean', default: false } } });
  const { settings, database } = await openOwnDatabase(environment);
  try {
    const { kid, activatesAt } = await rotateKeys(database.em.fork() as EntityManager, {
      clock: systemClock,
      newId,
      keySecret: settings.keySecret,
      publishAheadSeconds: values.now ? 0 : settings.keyPublishAheadSeconds,
      accessTokenSeconds: settings.accessTokenSeconds,
    });
    return `The key ${kid} is published now and signs from ${activatesAt.toISOString()} on`;
  } finally {
    await database.close();
  }
};
