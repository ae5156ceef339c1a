import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { httpClient } from '../../e2e/client.ts';
import { type Measured, measure } from '../measure.ts';
import type { OwnShopOptions } from '../own-shop.ts';
import { freePort, type Started, untilAnswering } from '../start.ts';
import { untilIdle } from '../until-idle.ts';
import { AnswersAlike } from './answers-alike.ts';
import { measureCheckout, wishes } from './checkout.ts';
import { listPages } from './list-page.ts';
import { oursOnSqlite } from './ours.ts';
import { oursInProcesses } from './ours-in-processes.ts';
import { peerOnPostgres, peerOnSqlite } from './peer.ts';
import { productPage } from './product-page.ts';
import { printProfile } from './profile.ts';
import type { Page } from './question.ts';
import type { ShopUnderTest } from './shop-under-test.ts';
import { ourShopper, peersShopper } from './shopper.ts';
import { measureStarts, printStarts } from './starts.ts';
import { printTable, type Row } from './table.ts';

// `npm run bench:shop -- [--only product,list,checkout,start] [--seconds N] [--warm N] [--rounds N] [--connections N]
// [--shoppers N] [--sharing] [--processes] [--profile]`: the same work done by this shop and by the peer, one after the other, each on core 0.
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'product,list,checkout,start' },
    seconds: { type: 'string', default: '20' },
    warm: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '1' },
    connections: { type: 'string', default: '32' },
    shoppers: { type: 'string', default: '8' },
    processes: { type: 'boolean', default: false },
    postgres: { type: 'string', default: 'postgres://postgres@127.0.0.1:5432/postgres' },
    broker: { type: 'string', default: 'amqp://guest:guest@127.0.0.1:5672' },
    sharing: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
});
const wanted = values.only.split(',');
const times = { warmSeconds: Number(values.warm), seconds: Number(values.seconds) };

const folder = mkdtempSync(join(tmpdir(), 'stoa-bench-shop-'));
const profiles = join(folder, 'profiles');
const options: OwnShopOptions = {
  environment: { SHARE_SUBGRAPH_QUERIES: String(values.sharing) },
  nodeOptions: values.profile ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [],
};
const [peer, ours] = values.processes
  ? [
      await peerOnPostgres(values.postgres),
      await oursInProcesses(folder, values.postgres, values.broker, options),
    ]
  : [await peerOnSqlite(folder), await oursOnSqlite(folder, options)];
const shops = values.profile ? [ours] : [peer, ours];
try {
  const rows: Row[] = [];
  const pages = [
    ...(wanted.includes('product') ? [productPage] : []),
    ...(wanted.includes('list') ? listPages : []),
  ];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const page of pages) rows.push(...(await measurePage(page)));
    if (wanted.includes('checkout')) rows.push(...(await measureCheckouts()));
  }
  printTable(rows, shops);
  if (wanted.includes('start')) printStarts(await measureStarts(shops, productPage));
  console.log(
    `Load average at the end: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
} finally {
  for (const shop of shops) await shop.close();
  rmSync(folder, { recursive: true });
}

async function measurePage(page: Page): Promise<Row[]> {
  const alike = new AnswersAlike(page.title);
  return inTurn(page.title, async (shop, port, { pid }) => {
    const question = shop === ours ? page.ours : page.peers;
    const url = `http://127.0.0.1:${port}${shop.path}`;
    const bodies = await question.bodies(httpClient(url));
    await alike.check(url, bodies, question);
    await untilIdle(pid);
    return measure(pid, { port, path: shop.path, bodies, connections: Number(values.connections), ...times });
  });
}

function measureCheckouts(): Promise<Row[]> {
  return inTurn('checkout', async (shop, port, { pid }) => {
    const url = `http://127.0.0.1:${port}${shop.path}`;
    const shopper = shop === ours ? ourShopper(url) : await peersShopper(url);
    return measureCheckout(pid, shopper, {
      shoppers: Number(values.shoppers),
      skus: wishes(),
      ...times,
    });
  });
}

async function inTurn(
  operation: string,
  work: (shop: ShopUnderTest, port: number, started: Started) => Promise<Measured>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const shop of shops) {
    const port = await freePort();
    const started = await shop.start(port);
    let from = process.hrtime.bigint();
    try {
      await untilAnswering(`http://127.0.0.1:${port}${shop.path}`, '{"query":"{__typename}"}');
      from = process.hrtime.bigint();
      const measured = await work(shop, port, started);
      if (measured.figures.failed > 0)
        throw new Error(`${shop.title} failed ${measured.figures.failed} times at the ${operation}`);
      console.error(`${operation}, ${shop.title}: ${measured.figures.perSecond.toFixed(1)} a second`);
      rows.push({ operation, shop, measured });
    } finally {
      await started.stop();
    }
    if (values.profile && !values.processes && shop === ours) {
      printProfile(profiles, operation, from, process.hrtime.bigint());
      rmSync(profiles, { recursive: true });
    }
  }
  return rows;
}
