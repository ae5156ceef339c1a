import { type Environment, readConfig, url } from '@stoa/config';

/**
 * The environment of payments under that of `npm start`, where DATABASE_URL names a PostgreSQL server on which each
 * subgraph has a database of its own: `stoa_payments`, or another beginning when the URL has one. PAYMENTS_DATABASE_URL
 * names the database outright. (The host lays this out for the shop: host/src/config.ts.)
 */
export function ownEnvironment(environment: Environment): Environment {
  const database = url(['postgres', 'postgresql', 'sqlite']).optional();
  const read = readConfig(
    'payments',
    { DATABASE_URL: database, PAYMENTS_DATABASE_URL: database },
    environment,
  );
  if (read.PAYMENTS_DATABASE_URL !== undefined) {
    return { ...environment, DATABASE_URL: read.PAYMENTS_DATABASE_URL };
  }
  if (read.DATABASE_URL === undefined || read.DATABASE_URL.startsWith('sqlite:')) {
    return { ...environment, DATABASE_URL: undefined };
  }
  const server = new URL(read.DATABASE_URL);
  server.pathname = `${server.pathname.length > 1 ? server.pathname : '/stoa'}_payments`;
  return { ...environment, DATABASE_URL: server.href };
}
