import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoAccounts } from '@stoa/seed';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newCustomer } from './buyer.ts';
import { bearer, httpClient } from './client.ts';
import { freePorts, launch, type Running, temporaryFolder, tryPort, untilReady } from './processes.ts';

const script = 'host/src/main.ts';
// Processes are started here, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

describe('npm start', () => {
  const folder = temporaryFolder('start');
  let port: number;
  let shop: Running;
  const start = async () => {
    port = await freePorts(1);
    shop = launch(script, { PORT: String(port), STOA_DATA_DIR: folder });
    await untilReady(shop, port);
  };
  beforeAll(start, 120_000);
  afterAll(() => shop?.stop());

  it('says what runs where, whom one can sign in as, and a query to paste that works', async () => {
    for (const name of ['accounts', 'catalog', 'pricing', 'inventory', 'orders', 'payments'])
      expect(shop.output()).toContain(name);
    for (const { email, password } of demoAccounts()) {
      expect(shop.output()).toContain(email);
      expect(shop.output()).toContain(password);
    }
    const { query } = JSON.parse(/-d '(.*)'/.exec(shop.output())?.[1] ?? '{}');
    const { data, errors } = await httpClient(`http://localhost:${port}/graphql`)(query);
    expect(errors).toEqual([]);
    expect(data.products.nodes).toHaveLength(3);
  });

  it('keeps a database for each subgraph in the data folder', () => {
    const files = readdirSync(folder);
    for (const name of ['accounts', 'catalog', 'pricing', 'inventory', 'orders', 'payments'])
      expect(files).toContain(`${name}.sqlite`);
  });

  it('publishes the keys of its tokens', async () => {
    const response = await fetch(`http://localhost:${port}/.well-known/jwks.json`);
    const { keys } = (await response.json()) as { keys: { kid: string; d?: string }[] };
    expect(keys.length).toBeGreaterThan(0);
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('stops cleanly at SIGTERM, and has everything when it starts again', async () => {
    const customer = await newCustomer(httpClient(`http://localhost:${port}/graphql`));
    expect(await shop.stop()).toBe(0);
    await start();
    const { data } = await httpClient(`http://localhost:${port}/graphql`)(
      '{ me { id } }',
      {},
      bearer(customer.accessToken),
    );
    expect(data.me.id).toBe(customer.userId);
  });

  it('says that its port is in use, and how to choose another', async () => {
    const taken = await freePorts(1);
    const holder = await tryPort(taken);
    const second = launch(script, { PORT: String(taken), STOA_DATA_DIR: folder });
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain(
      `Port ${taken} is in use: stop what listens there, or set PORT to a free port`,
    );
    holder?.close();
  });
});

describe('npm start that cannot', () => {
  it('names the data folder that cannot be written, and the setting', async () => {
    const file = join(temporaryFolder('unwritable'), 'a-file');
    writeFileSync(file, '');
    const shop = launch(script, { PORT: '0', STOA_DATA_DIR: join(file, 'data') });
    expect(await shop.exited).toBe(1);
    expect(shop.output()).toContain('Set STOA_DATA_DIR to a folder that can be written');
    expect(shop.output()).not.toContain(' at ');
  });

  it('lists every variable that is wrong', async () => {
    const shop = launch(script, { PORT: 'http', NODE_ENV: 'prod', STOA_DATA_DIR: temporaryFolder('wrong') });
    expect(await shop.exited).toBe(1);
    expect(shop.output()).toContain('PORT: expected a port from 0 to 65535 (found: "http")');
    expect(shop.output()).toContain(
      'NODE_ENV: expected one of development, test, production (found: "prod")',
    );
  });

  it('refuses production without secrets', async () => {
    const folder = temporaryFolder('production');
    const shop = launch(script, { PORT: '0', NODE_ENV: 'production', STOA_DATA_DIR: folder });
    expect(await shop.exited).toBe(1);
    expect(shop.output()).toContain('STOA_CONTEXT_SECRET');
    expect(existsSync(join(folder, 'orders.sqlite'))).toBe(false);
  });
});

describe('npm run reset', () => {
  it('removes what the shop made in the data folder, and nothing else', async () => {
    const folder = temporaryFolder('reset');
    for (const name of ['orders.sqlite', 'orders.sqlite-wal', 'context-secret', 'notes.txt'])
      writeFileSync(join(folder, name), '');
    const reset = launch('host/src/reset.ts', { STOA_DATA_DIR: folder });
    expect(await reset.exited).toBe(0);
    expect(readdirSync(folder)).toEqual(['notes.txt']);
    const inProduction = launch('host/src/reset.ts', { STOA_DATA_DIR: folder, NODE_ENV: 'production' });
    expect(await inProduction.exited).toBe(1);
    expect(inProduction.output()).toContain('does not run with NODE_ENV=production');
  });
});
