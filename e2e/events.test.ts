import { createInMemoryBroker, type EventMessage, eventLag } from '@stoa/events';
import { demoProducts } from '@stoa/seed';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { newCustomer } from './buyer.ts';
import { type OpenShop, openShop } from './open-shop.ts';

const received: EventMessage[] = [];
let shop: OpenShop;
beforeAll(async () => {
  const broker = createInMemoryBroker();
  await broker.subscribe({
    group: 'test.listens',
    types: ['catalog.product-changed.v1', 'accounts.user-signed-up.v1', 'order.placed.v1', 'order.paid.v1'],
    receive: async (events) => {
      received.push(...events);
    },
  });
  shop = await openShop({}, broker);
  for (const subgraph of shop.shop.subgraphs) subgraph.startWork();
}, 120_000);
afterAll(() => shop?.close());

const typesOf = (aggregateId: string) =>
  received.filter((event) => event.aggregateId === aggregateId).map(({ type }) => type);

it('a shop tells of its demo goods once, and then has nothing left to tell', async () => {
  await vi.waitFor(async () => {
    for (const { database } of shop.shop.subgraphs)
      expect((await eventLag(database))?.outbox).toEqual({ count: 0, since: null });
  }, 20_000);
  const products = received.filter(({ type }) => type === 'catalog.product-changed.v1');
  expect(products.map(({ aggregateId }) => aggregateId).sort()).toEqual(
    demoProducts()
      .map(({ id }) => id)
      .sort(),
  );
});

it('a shop tells of a sign-up and of an order as they happen, in order', async () => {
  const [product] = demoProducts();
  const customer = await newCustomer(shop.send);
  const cartId = await customer.cartWith([{ variantId: product?.variants[0]?.id ?? '', quantity: 1 }]);
  const { data } = await customer.placeOrder(cartId, 'tok_approve');
  const told = () => expect(typesOf(data.placeOrder.id)).toEqual(['order.placed.v1', 'order.paid.v1']);
  await vi.waitFor(told, 20_000);
  const [signedUp] = received.filter(({ type }) => type === 'accounts.user-signed-up.v1').slice(-1);
  const { data: mine } = await customer.send('{ me { id } }');
  expect(signedUp).toMatchObject({ aggregateId: mine.me.id, payload: { userId: mine.me.id } });
});
