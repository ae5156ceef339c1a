import { rm } from 'node:fs/promises';
import { readRegistry } from '@stoa/registry';
import { demoProducts } from '@stoa/seed';
import { httpClient } from '../../e2e/client.ts';
import { temporaryFolder } from '../../e2e/processes.ts';
import { removeNames } from '../../e2e/remove-names.ts';
import { loadModules } from '../../host/src/load-modules.ts';
import { dropDatabases } from '../../tooling/test-services/drop-databases.ts';
import { measure } from '../measure.ts';
import { measureCheckout, wishes } from '../shop/checkout.ts';
import { ourShopper } from '../shop/shopper.ts';
import { untilIdle } from '../until-idle.ts';
import { productPageBody } from './catalogue.ts';
import { type Figure, plotRates, printFigures } from './figures.ts';
import type { Options } from './options.ts';
import { type Instances, startInstances } from './service-instances.ts';
import { checkBooks, readBooks, stockUp } from './shelf.ts';
import { asStaff } from './staff.ts';

/** Product page and checkout with several instances of the services, on PostgreSQL and RabbitMQ. */
export async function measureInstances(counts: readonly number[], options: Options): Promise<void> {
  const name = `bench_scale_${process.pid}`;
  const dataFolder = temporaryFolder('bench-scale');
  const databaseUrl = Object.assign(new URL(options.postgres), { pathname: `/${name}` }).href;
  const place = {
    databaseUrl,
    broker: options.broker,
    brokerPrefix: `${name}.`,
    dataFolder,
    cores: options.cores,
  };
  const figures: Figure[] = [];
  try {
    for (const count of counts) {
      const instances = await startInstances(count, place);
      try {
        figures.push(...(await measureOne(count, instances, options)));
      } finally {
        await instances.stop();
      }
    }
  } finally {
    await dropDatabases(options.postgres, name);
    const groups = (await loadModules(readRegistry())).flatMap((module) => module.groups);
    await removeNames(options.broker, place.brokerPrefix, groups);
    await rm(dataFolder, { recursive: true, force: true });
  }
  printFigures('instances', figures);
  plotRates(
    'instances',
    {
      title: `Instances of catalog, pricing, inventory and orders, on cores ${options.cores}`,
      x: { label: 'instances of each' },
      y: { label: 'a second' },
    },
    figures,
  );
}

async function measureOne(
  count: number,
  { port, pids, accounts }: Instances,
  options: Options,
): Promise<readonly Figure[]> {
  const url = `http://127.0.0.1:${port}/graphql`;
  const bodies = demoProducts().map(({ slug }) => productPageBody(slug));
  await untilIdle(pids);
  const page = await measure(pids, { port, path: '/graphql', bodies, ...options });
  if (page.figures.failed > 0) throw new Error(`The product page failed ${page.figures.failed} times`);
  console.error(`product page, ${count} instances: ${page.figures.perSecond.toFixed(1)} a second`);

  const staff = await asStaff(httpClient(url), accounts);
  const skus = wishes();
  await stockUp(staff, skus);
  const before = await readBooks(staff);
  const { shoppers, warmSeconds, seconds } = options;
  const checkout = await measureCheckout(pids, ourShopper(url), { shoppers, skus, warmSeconds, seconds });
  checkBooks(before, await readBooks(staff), checkout.orders);
  console.error(`checkout, ${count} instances: ${checkout.figures.perSecond.toFixed(1)} a second`);
  return [
    { series: 'product page', size: count, measured: page },
    { series: `checkout, ${shoppers} shoppers`, size: count, measured: checkout },
  ];
}
