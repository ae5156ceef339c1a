import { databaseEngines, fullScansOf } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { address, afterwards, buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

// A purchase costs these statements, those that begin and end transactions among them, and no more.
describe.each(databaseEngines)('the statements of a purchase on $engine', ({ freshUrl }) => {
  let world: OrdersWithFakes;
  beforeAll(async () => {
    world = await ordersWithFakes({ databaseUrl: freshUrl() });
  });
  afterAll(() => world.stop());

  it('are counted', async () => {
    const { shop, subgraph } = world;
    const guest = buyer(subgraph);
    const shirt = shop.withVariant({ stock: 10, price: 100 });
    const input = { lines: [{ variantId: shirt, quantity: 2 }] };
    const { id: cartId } = await guest.mutate('createCart', input);
    const counts: Record<string, number> = {};
    const count = async (name: string, work: () => Promise<unknown>) => {
      counts[name] = (await subgraph.statementsOf(work)).length;
    };
    await count('createCart', () => guest.mutate('createCart', input));
    await count('setShippingAddress', () => guest.mutate('setShippingAddress', { cartId, address }));
    await count('setCartEmail', () => guest.mutate('setCartEmail', { cartId, email: 'ada@buyer.example' }));
    await count('placeOrder', () => guest.placeOrder(cartId, { token: 'tok_approve' }));
    expect(counts).toEqual({ createCart: 1, setShippingAddress: 2, setCartEmail: 2, placeOrder: 20 });
  });

  it('find their rows by indexes', async () => {
    const { shop, subgraph } = world;
    const guest = buyer(subgraph);
    const shirt = shop.withVariant({ stock: 100, price: 100 });
    // So many that the state alone would find too many.
    for (let placed = 0; placed < 25; placed += 1)
      await guest.placeOrder(await guest.prepares([shirt, 1]), { token: 'tok_approve' });
    const scans = await fullScansOf(subgraph.subgraph.database, [], async () => {
      const cartId = await guest.prepares([shirt, 2]);
      const { id: orderId } = await guest.placeOrder(cartId, { token: 'tok_approve' });
      await guest.order(orderId, afterwards);
      await subgraph.subgraph.work('resume-checkouts');
      await subgraph.subgraph.work('finish-order-tasks');
    });
    expect(scans).toEqual([]);
  });
});
