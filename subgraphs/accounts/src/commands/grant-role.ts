import { parseArgs } from 'node:util';
import { systemClock } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import { grantRole } from '../users/grant-role.ts';
import { openOwnDatabase } from './open-own-database.ts';
import type { Command } from './run-command.ts';

/** Gives a role to whoever has an address: how a new shop gets its first administrator, who then has `setUserRoles`. */
export const grantRoleCommand: Command = async (args, environment) => {
  const [email = '', role = ''] = parseArgs({ args, allowPositionals: true }).positionals;
  const { database } = await openOwnDatabase(environment);
  try {
    const roles = await grantRole(database.em.fork() as EntityManager, systemClock, { email, role });
    return `${email} is ${roles.join(', ')} now; their access tokens say so once they are refreshed`;
  } finally {
    await database.close();
  }
};
