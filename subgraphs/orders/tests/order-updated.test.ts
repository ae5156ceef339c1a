import { newId } from '@stoa/clock';
import { createInMemoryBroker } from '@stoa/events';
import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

const query = 'subscription ($id: ID!) { orderUpdated(id: $id) { id state history { to } } }';

describe.each(databaseEngines)('orderUpdated, on $engine', ({ freshUrl }) => {
  const owner = customer(newId());
  let world: OrdersWithFakes;
  let shopper: ReturnType<typeof buyer>;
  let cartId: string;
  let orderId: string;

  beforeAll(async () => {
    world = await ordersWithFakes({ databaseUrl: freshUrl(), broker: createInMemoryBroker() });
    shopper = buyer(world.subgraph, owner);
    cartId = await shopper.prepares([world.shop.withVariant({ stock: 100 }), 1]);
    orderId = (await shopper.placeOrder(cartId, { token: 'tok_decline' })).orderId;
    // What happened so far is told to those who listened then.
    await world.subgraph.subgraph.work('relay-events');
  });
  afterAll(() => world.stop());

  it('gives the order as it is, and again when it has changed', async () => {
    const updates = world.subgraph.subscribe(query, { id: orderId }, owner);
    const state = async () => (await updates.next()).value.data.orderUpdated.state;
    expect(await state()).toBe('PAYMENT_FAILED');
    await shopper.placeOrder(cartId, { token: 'tok_approve' });
    await world.subgraph.subgraph.work('relay-events');
    expect(await state()).toBe('PAID');
    await updates.return();
  });

  it.each([
    ['another user', customer(newId()), 'NOT_FOUND'],
    ['a guest', undefined, 'NOT_FOUND'],
    ['the owner', owner, undefined],
    ['staff', staff(), undefined],
  ])('is heard by those who may read the order: %s', async (_, as, code) => {
    const updates = world.subgraph.subscribe(query, { id: orderId }, as);
    const { value } = await updates.next();
    expect(value.errors[0]?.extensions?.code).toBe(code);
    expect(value.data?.orderUpdated.id).toBe(code === undefined ? orderId : undefined);
    if (code !== undefined) expect((await updates.next()).done).toBe(true);
    await updates.return();
  });

  it.each([newId(), 'no id'])('answers the same for an order that there is not: %s', async (id) => {
    const { value } = await world.subgraph.subscribe(query, { id }, owner).next();
    expect(value).toMatchObject({
      data: null,
      errors: [{ message: 'There is no such order', extensions: { code: 'NOT_FOUND' } }],
    });
  });
});
