import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { httpClient } from '../../e2e/client.ts';
import { type OwnShopOptions, seedOwnShop, startOwnShop } from '../own-shop.ts';
import { freePort, untilAnswering } from '../start.ts';
import { listPages } from './list-page.ts';
import { productPage } from './product-page.ts';
import type { ShopUnderTest } from './shop-under-test.ts';

/** This repository's shop on SQLite, in one process. */
export async function oursOnSqlite(temporaryFolder: string, options: OwnShopOptions): Promise<ShopUnderTest> {
  const pristine = join(temporaryFolder, 'ours-pristine');
  await seedOwnShop(pristine, { ...options, nodeOptions: [] });
  await openOnce(pristine, options);
  let starts = 0;
  return {
    title: 'ours',
    path: '/graphql',
    async start(port) {
      starts += 1;
      const dataFolder = join(temporaryFolder, `ours-${starts}`);
      cpSync(pristine, dataFolder, { recursive: true });
      return startOwnShop(dataFolder, port, options);
    },
    async close() {},
  };
}

/** A shop that is started has run before, as the peer's has: the plans of its pages are kept (docs/adr/0028). */
async function openOnce(dataFolder: string, options: OwnShopOptions): Promise<void> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/graphql`;
  const started = startOwnShop(dataFolder, port, { ...options, nodeOptions: [] });
  try {
    await untilAnswering(url, '{"query":"{__typename}"}');
    for (const page of [productPage, ...listPages]) {
      const [body = ''] = await page.ours.bodies(httpClient(url));
      await untilAnswering(url, body);
    }
  } finally {
    await started.stop();
  }
}
