import { databaseEngines } from '@stoa/testkit';
import { it, describe } from 'vitest';
import { buyer } from './buyer.ts';
import { ordersWithFakes } from './orders-with-fakes.ts';
describe.each(databaseEngines)('x $engine', ({ freshUrl, engine }) => {
it('x', async () => {
  let t = performance.now();
  const lap = (w: string) => { console.log(engine, w, Math.round(performance.now() - t)); t = performance.now(); };
  const world = await ordersWithFakes({ databaseUrl: freshUrl() });
  lap('open');
  const shirt = world.shop.withVariant({ price: 1_200, stock: 500 });
  const guest = buyer(world.subgraph);
  const n = 50; const ids = []; for (let i = 0; i < n; i++) ids.push(await guest.prepares([shirt, 1]));
  lap('50 prepares');
  for (const id of ids) await guest.placeOrder(id);
  lap('50 serial placeOrder');
  for (let i = 0; i < n; i++) ids[i] = (await guest.prepares([shirt, 1]));
  lap('50 prepares');
  await Promise.all(ids.map((id) => guest.placeOrder(id)));
  lap('50 concurrent placeOrder');
  console.log((await world.subgraph.statementsOf(async () => guest.placeOrder(await guest.prepares([shirt, 1])))).length);
  await world.stop();
}, 60000);
});
