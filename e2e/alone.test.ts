import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';
import { databaseEngines } from '@stoa/testkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { httpClient } from './client.ts';
import { freePorts, launch, type Running, temporaryFolder, untilReady } from './processes.ts';

// Processes are started here, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const running: Running[] = [];
afterEach(() => Promise.all(running.splice(0).map((one) => one.stop())));

async function start(
  script: string,
  port: number,
  environment: Record<string, string> = {},
  args: string[] = [],
) {
  const one = launch(script, { PORT: String(port), RPC_PORT: String(port + 1), ...environment }, args);
  running.push(one);
  await untilReady(one, port, 110_000);
  return one;
}

describe('a subgraph alone', () => {
  it('answers whoever has the header that it prints, and nobody else', async () => {
    const port = await freePorts(2);
    const catalog = await start('subgraphs/catalog/src/main.ts', port, {
      STOA_DATA_DIR: temporaryFolder('alone'),
    });
    const url = `http://localhost:${port}/graphql`;
    const [, header = '', value = ''] = /(x-stoa-context): (\S+)/.exec(catalog.output()) ?? [];
    const { data } = await httpClient(url)('{ products(first: 1) { totalCount } }', {}, { [header]: value });
    expect(data.products.totalCount).toBe(1_000);
    const refused = await httpClient(url)('{ products(first: 1) { totalCount } }');
    expect(refused).toMatchObject({ status: 401, errors: [{ extensions: { code: 'CONTEXT_REQUIRED' } }] });
    expect(catalog.output()).toContain('Its events wait in its outbox');
  });

  it('does not start in production without a broker for its events', async () => {
    const catalog = launch('subgraphs/catalog/src/main.ts', {
      NODE_ENV: 'production',
      STOA_CONTEXT_SECRET: 's'.repeat(40),
      STOA_DATA_DIR: temporaryFolder('production'),
    });
    running.push(catalog);
    expect(await catalog.exited).toBe(1);
    expect(catalog.output()).toContain('catalog did not start: Expected BROKER_URL');
  });

  it('shows Sandbox on its own port', async () => {
    const port = await freePorts(2);
    await start('subgraphs/pricing/src/main.ts', port, { STOA_DATA_DIR: temporaryFolder('sandbox') });
    const page = await fetch(`http://localhost:${port}/graphql`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('embeddable-sandbox');
  });
});

describe.each(databaseEngines)('three instances of one subgraph on $engine', ({ engine, freshUrl }) => {
  it('start at once on one empty database: one migrates and seeds, all answer', async () => {
    const first = await freePorts(6);
    const database: Record<string, string> = engine === 'postgresql' ? { DATABASE_URL: freshUrl() } : {};
    const environment = {
      STOA_DATA_DIR: temporaryFolder('instances'),
      STOA_CONTEXT_SECRET: 's'.repeat(40),
      ...database,
    };
    const instances = await Promise.all(
      [0, 2, 4].map((offset) => start('subgraphs/inventory/src/main.ts', first + offset, environment)),
    );
    const [, header = '', value = ''] = /(x-stoa-context): (\S+)/.exec(instances[0]?.output() ?? '') ?? [];
    for (const offset of [0, 2, 4]) {
      const ask = httpClient(`http://localhost:${first + offset}/graphql`);
      const { data } = await ask('{ stockItems(first: 1) { totalCount } }', {}, { [header]: value });
      expect(data.stockItems.totalCount).toBe(10_000);
    }
  });
});

describe('the router alone', () => {
  it('serves any supergraph, and answers what it can while its subgraphs are away', async () => {
    const port = await freePorts(2);
    const supergraph = join(repositoryRoot(), 'schema', 'supergraph.graphql');
    await start(
      'router/src/main.ts',
      port,
      {
        PORT: '1',
        CATALOG_URL: `http://localhost:${port + 1}/graphql`,
        STOA_DATA_DIR: temporaryFolder('router'),
      },
      ['--supergraph', supergraph, '--port', String(port)],
    );
    const { data, errors } = await httpClient(`http://localhost:${port}/graphql`)(
      '{ __typename product(slug: "x") { id } }',
    );
    expect(data).toEqual({ __typename: 'Query', product: null });
    expect(errors[0]?.message).toBe('The subgraph catalog did not answer');
  });

  it.each([
    [['--supergraph', 'no-such-file.graphql'], 'Cannot read the supergraph'],
    [['--supergraf', 'x'], 'Usage: npm run router'],
    [['--port', 'eighty'], 'PORT: expected a port from 0 to 65535'],
  ])('says what is wrong with %j', async (args, message) => {
    const router = launch('router/src/main.ts', { STOA_DATA_DIR: temporaryFolder('router') }, args);
    expect(await router.exited).toBe(1);
    expect(router.output()).toContain(message);
  });
});
