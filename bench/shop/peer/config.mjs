import { join } from 'node:path';
import { AssetServerPlugin } from '@vendure/asset-server-plugin';
import {
  DefaultJobQueuePlugin,
  DefaultSchedulerPlugin,
  DefaultSearchPlugin,
  dummyPaymentHandler,
} from '@vendure/core';
import { GraphiqlPlugin } from '@vendure/graphiql-plugin';

/**
 * Vendure as a project of @vendure/create has it, less the dashboard, which serves files to staff alone.
 * @param database the options of the connection
 * @param job options of the queue of jobs
 */
export function configOf({ port, folder, database }, job = {}) {
  return {
    apiOptions: { port, hostname: '127.0.0.1', adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
    authOptions: {
      tokenMethod: ['bearer', 'cookie'],
      superadminCredentials: { identifier: 'bench', password: 'a password for this bench alone' },
      cookieOptions: { secret: 'a secret for this bench alone' },
    },
    dbConnectionOptions: { logging: false, synchronize: false, ...database },
    paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
    plugins: [
      GraphiqlPlugin.init(),
      AssetServerPlugin.init({
        route: 'assets',
        assetUploadDir: join(folder, 'assets'),
        assetUrlPrefix: `http://127.0.0.1:${port}/assets/`,
      }),
      DefaultSchedulerPlugin.init(),
      DefaultJobQueuePlugin.init({ useDatabaseForBuffer: true, ...job }),
      DefaultSearchPlugin.init({ bufferUpdates: false, indexStockStatus: true }),
    ],
  };
}
