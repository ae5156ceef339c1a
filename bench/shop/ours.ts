import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type OwnShopOptions, seedOwnShop, startOwnShop } from '../own-shop.ts';
import type { ShopUnderTest } from './shop-under-test.ts';

/** This repository's shop on SQLite, in one process. */
export async function oursOnSqlite(temporaryFolder: string, options: OwnShopOptions): Promise<ShopUnderTest> {
  const pristine = join(temporaryFolder, 'ours-pristine');
  await seedOwnShop(pristine, { ...options, nodeOptions: [] });
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
