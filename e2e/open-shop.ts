import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Broker } from '@stoa/events';
import { createShop, type Shop } from '@stoa/host';
import { readRegistry } from '@stoa/registry';
import { silentLogger } from '@stoa/telemetry';
import type { Send } from './client.ts';

/** An answer as it came over HTTP. */
export interface RawAnswer {
  readonly statusCode: number;
  readonly body: string;
  // biome-ignore lint/suspicious/noExplicitAny: the assertions check the form
  json(): any;
}

export interface OpenShop {
  readonly shop: Shop;
  readonly send: Send;
  /** A request of any other form: a broken body, another path. */
  raw(options: {
    method?: 'GET' | 'POST';
    url?: string;
    headers?: Record<string, string>;
    payload?: string;
  }): Promise<RawAnswer>;
  close(): Promise<void>;
}

/** The whole seeded shop in this process, in a data folder of its own. */
export async function openShop(environment: Record<string, string> = {}, broker?: Broker): Promise<OpenShop> {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-shop-'));
  const shop = await createShop({
    registry: readRegistry(),
    environment: { NODE_ENV: 'test', STOA_DATA_DIR: folder, STOA_SEED: 'true', ...environment },
    logger: silentLogger,
    broker,
  });
  const raw: OpenShop['raw'] = ({ method = 'POST', url = '/graphql', headers = {}, payload }) =>
    shop.router.server.inject({
      method,
      url,
      headers: { 'content-type': 'application/json', ...headers },
      payload,
    });
  return {
    shop,
    raw,
    async send(query, variables, headers) {
      const response = await raw({ headers, payload: JSON.stringify({ query, variables }) });
      const { data = null, errors = [] } = response.json();
      return { status: response.statusCode, data, errors };
    },
    async close() {
      await shop.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
