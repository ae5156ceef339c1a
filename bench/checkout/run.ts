import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { buyer } from '../../e2e/buyer.ts';
import { demoVariants, setStock } from '../../e2e/stock.ts';
import { type ShopPlace, type ShopProcesses, startShopProcesses } from '../chaos/shop-processes.ts';
import { bareWriter, keepOutboxes, readPattern } from './bare-checkout.ts';
import { type Figures, measure } from './measure.ts';

// `npm run bench:checkout -- [--orders N] [--shoppers N] [--postgres URL] [--broker URL]`: placeOrder by separate
// processes on PostgreSQL and RabbitMQ, beside the same rows written by hand, and beside one process on SQLite.
const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '400' },
    shoppers: { type: 'string', default: '8' },
    postgres: { type: 'string', default: 'postgres://postgres@127.0.0.1:5432/postgres' },
    broker: { type: 'string', default: 'amqp://guest:guest@127.0.0.1:5672' },
  },
});
const orders = Number(values.orders);
const shoppers = Number(values.shoppers);
const variants = demoVariants(50);

const services = await atShop({ postgresUrl: values.postgres, brokerUrl: values.broker }, async (shop) => {
  const server = shop.postgresServer as string;
  await keepOutboxes(server);
  await placeOne(shop);
  const pattern = await readPattern(server);
  const writers = await Promise.all(
    Array.from({ length: shoppers }, () => bareWriter(server, pattern, Math.ceil(orders / shoppers) + 1)),
  );
  const bare = await measure(orders, shoppers, (shopper) => writers[shopper]?.write() ?? Promise.resolve());
  await Promise.all(writers.map((writer) => writer.close()));
  return { bare, placed: await placeMany(shop) };
});
const oneProcess = await atShop({ postgresUrl: null }, placeMany);

const ratio = (figures: Figures) => (figures.perSecond / services.bare.perSecond).toFixed(2);
const row = (title: string, figures: Figures) =>
  `${title.padEnd(46)} ${figures.perSecond.toFixed(0).padStart(9)} ${figures.p50Ms.toFixed(1).padStart(8)} ${figures.p99Ms.toFixed(1).padStart(8)} ${ratio(figures).padStart(7)}`;
console.log(`${orders} orders by ${shoppers} shoppers`.padEnd(46), 'a second   p50 ms   p99 ms   ratio');
console.log(row('the same rows by hand-written SQL', services.bare));
console.log(row('placeOrder, processes, PostgreSQL, RabbitMQ', services.placed));
console.log(row('placeOrder, one process, SQLite', oneProcess));

async function atShop<Value>(
  place: ShopPlace,
  work: (shop: ShopProcesses) => Promise<Value>,
): Promise<Value> {
  const shop = await startShopProcesses(place);
  try {
    for (const variantId of variants) await setStock(shop.send, variantId, 1_000_000);
    return await work(shop);
  } finally {
    await shop.stop();
  }
}

async function placeOne(shop: ShopProcesses): Promise<void> {
  const [cartId = ''] = await fillCarts(shop, 1);
  await place(shop, cartId);
}

async function placeMany(shop: ShopProcesses): Promise<Figures> {
  const carts = await fillCarts(shop, orders + shoppers * 2);
  for (let warm = 0; warm < shoppers; warm += 1) await place(shop, carts.pop() ?? '');
  return measure(orders, shoppers, () => place(shop, carts.pop() ?? ''));
}

async function fillCarts({ send }: ShopProcesses, count: number): Promise<string[]> {
  const carts: string[] = [];
  const guest = buyer(send);
  const fill = async () => {
    while (carts.length < count)
      carts.push(
        await guest.cartWith([{ variantId: variants[carts.length % variants.length] ?? '', quantity: 1 }]),
      );
  };
  await Promise.all([fill(), fill(), fill(), fill()]);
  return carts.slice(0, count);
}

async function place({ send }: ShopProcesses, cartId: string): Promise<void> {
  const answer = await buyer(send).placeOrder(cartId, 'tok_approve', { idempotencyKey: randomUUID() });
  if (answer.data?.placeOrder?.state !== 'PAID') throw new Error(`Not placed: ${JSON.stringify(answer)}`);
}
