import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '@stoa/registry';
import { processEnvironment } from '@stoa/router/config';
import { newCustomer, signIn } from '../../e2e/buyer.ts';
import { bearer, type Send } from '../../e2e/client.ts';

/**
 * Signs a new member of staff up: a shop in production knows none of the demo accounts. The role is given by the command of
 * accounts, on the database of the shop.
 * @param environment what names that database: STOA_DATA_DIR or DATABASE_URL, and the secrets
 * @returns the connection with the headers of that person
 */
export async function asStaff(send: Send, environment: Readonly<Record<string, string>>): Promise<Send> {
  const { email } = await newCustomer(send);
  const command = [join('tooling', 'run.mjs'), 'subgraphs/accounts/src/grant-role.ts', email, 'STAFF'];
  await promisify(execFile)(process.execPath, command, {
    cwd: repositoryRoot(),
    env: { ...processEnvironment(), NODE_ENV: 'production', LOG_LEVEL: 'error', ...environment },
  });
  const headers = bearer(await signIn(send, email, 'a password of some length'));
  return (query, variables, more) => send(query, variables, { ...headers, ...more });
}
