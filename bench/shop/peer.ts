import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';
import pg from 'pg';
import { installPackages } from '../install-packages.ts';
import { type Started, startOnCore } from '../start.ts';
import { peerCatalogue } from './peer-catalogue.ts';
import type { ShopUnderTest } from './shop-under-test.ts';

const folder = join(repositoryRoot(), '.cache', 'bench-shop', 'peer');

const packages = {
  '@vendure/core': '3.7.3',
  '@vendure/asset-server-plugin': '3.7.3',
  '@vendure/graphiql-plugin': '3.7.3',
  'better-sqlite3': '12.11.1',
  pg: '8.20.0',
};

/** Vendure on SQLite, in one process. */
export async function peerOnSqlite(temporaryFolder: string): Promise<ShopUnderTest> {
  const { catalogueFile, digest } = layOut();
  const pristine = join(folder, 'data', `${digest}.sqlite`);
  if (!existsSync(pristine)) {
    const unfinished = `${pristine}.${process.pid}`;
    await populate({ type: 'better-sqlite3', database: unfinished }, catalogueFile);
    renameSync(unfinished, pristine);
  }
  const database = join(temporaryFolder, 'peer.sqlite');
  return {
    title: 'Vendure 3.7.3',
    path: '/shop-api',
    async start(port) {
      copyFileSync(pristine, database);
      return run('server.mjs', { port, folder, database: { type: 'better-sqlite3', database } });
    },
    async close() {},
  };
}

/** Vendure in one process, on a PostgreSQL server where its catalogue is kept as a database of its own. */
export async function peerOnPostgres(server: string): Promise<ShopUnderTest> {
  const { catalogueFile, digest } = layOut();
  const pristine = `bench_shop_peer_${digest}`;
  const connectionTo = (name: string) => ({
    type: 'postgres',
    url: Object.assign(new URL(server), { pathname: `/${name}` }).href,
  });
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [pristine]);
  if (rowCount === 0) {
    const unfinished = `${pristine}_${process.pid}`;
    await client.query(`create database ${unfinished}`);
    await populate(connectionTo(unfinished), catalogueFile);
    await client.query(`alter database ${unfinished} rename to ${pristine}`);
  }
  const database = `bench_shop_${process.pid}_peer`;
  const drop = () => client.query(`drop database if exists ${database} with (force)`);
  return {
    title: 'Vendure 3.7.3',
    path: '/shop-api',
    async start(port) {
      await drop();
      await client.query(`create database ${database} template ${pristine}`);
      return run('server.mjs', { port, folder, database: connectionTo(database) });
    },
    async close() {
      await drop();
      await client.end();
    },
  };
}

/** Installs it, puts its programs where its packages are, and writes the catalogue for it. */
function layOut(): { readonly catalogueFile: string; readonly digest: string } {
  installPackages(folder, packages, { scriptsOf: ['better-sqlite3'] });
  cpSync(join(import.meta.dirname, 'peer'), folder, { recursive: true });
  const { csv, ...rest } = peerCatalogue();
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const csvFile = join(data, 'products.csv');
  const catalogueFile = join(data, 'catalogue.json');
  const text = JSON.stringify({ ...rest, csvFile });
  writeFileSync(csvFile, csv);
  writeFileSync(catalogueFile, text);
  return {
    catalogueFile,
    digest: createHash('sha256')
      .update(csv + text)
      .digest('hex')
      .slice(0, 12),
  };
}

async function populate(database: Record<string, unknown>, catalogueFile: string): Promise<void> {
  console.error('The catalogue is put into the peer, once; it takes some minutes');
  const populating = run('populate.mjs', { port: 0, folder, database }, [catalogueFile], (line) =>
    console.error(`  ${line}`),
  );
  if ((await populating.ended) !== 0) throw new Error('The peer could not be filled');
}

function run(
  program: string,
  settings: object,
  args: readonly string[] = [],
  onLine?: (line: string) => void,
): Started {
  return startOnCore(0, [program, JSON.stringify(settings), ...args], {
    folder,
    environment: { VENDURE_DISABLE_TELEMETRY: 'true' },
    onLine,
  });
}
