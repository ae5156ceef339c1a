import { join } from 'node:path';
import { readRegistry, repositoryRoot } from '@stoa/registry';
import { freePorts } from '../../e2e/processes.ts';
import { removeNames } from '../../e2e/remove-names.ts';
import { loadModules } from '../../host/src/load-modules.ts';
import { dropDatabases } from '../../tooling/test-services/drop-databases.ts';
import { type OwnShopOptions, production } from '../own-shop.ts';
import { startOnCore } from '../start.ts';

import type { ShopUnderTest } from './shop-under-test.ts';

/**
 * This repository's shop as separate processes, all of them on the one core.
 * @param postgres a server; `broker` a RabbitMQ
 */
export async function oursInProcesses(
  temporaryFolder: string,
  postgres: string,
  broker: string,
  { environment }: Pick<OwnShopOptions, 'environment'>,
): Promise<ShopUnderTest> {
  const name = `bench_shop_${process.pid}`;
  const prefixes: string[] = [];
  const databasesOf = (prefix: string) => Object.assign(new URL(postgres), { pathname: `/${prefix}` }).href;
  return {
    title: 'ours',
    path: '/graphql',
    async start(port) {
      const prefix = `${name}_${prefixes.length}`;
      prefixes.push(prefix);
      return startOnCore(0, [join(repositoryRoot(), 'tooling/run.mjs'), 'host/src/services.ts'], {
        folder: repositoryRoot(),
        environment: {
          ...production,
          ...environment,
          PORT: String(port),
          SERVICES_FIRST_PORT: String(await freePorts(20)),
          STOA_DATA_DIR: join(temporaryFolder, prefix),
          DATABASE_URL: databasesOf(prefix),
          BROKER_URL: broker,
          BROKER_PREFIX: `${prefix}.`,
        },
      });
    },
    async close() {
      const groups = (await loadModules(readRegistry())).flatMap((module) => module.groups);
      for (const prefix of prefixes) {
        await dropDatabases(postgres, prefix);
        await removeNames(broker, `${prefix}.`, groups);
      }
    },
  };
}
