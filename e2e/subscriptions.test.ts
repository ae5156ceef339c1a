import { listen } from '@stoa/http';
import { demoProducts } from '@stoa/seed';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { buyer, newCustomer } from './buyer.ts';
import { bearer } from './client.ts';
import { type OpenShop, openShop } from './open-shop.ts';

let shop: OpenShop;
let url: string;
beforeAll(async () => {
  shop = await openShop();
  url = `ws://localhost:${new URL(await listen(shop.shop.router.server, 0)).port}/graphql`;
  for (const subgraph of shop.shop.subgraphs) subgraph.startWork();
}, 120_000);
afterAll(() => shop?.close());

// biome-ignore lint/suspicious/noExplicitAny: the assertions check the form
type Data = any;

/** What a subscription over a WebSocket tells, one after the other. */
function watch(query: string, variables: Record<string, unknown>, headers: Record<string, string> = {}) {
  const client = createClient({ url, webSocketImpl: WebSocket, connectionParams: headers, retryAttempts: 0 });
  const answers = client.iterate<Data>({ query, variables });
  return {
    async next(): Promise<Data> {
      const { value } = await answers.next();
      return value?.data ?? null;
    },
    async leave() {
      await answers.return?.();
      await client.dispose();
    },
  };
}

const [variant] = demoProducts().flatMap(({ variants }) => variants);

describe('a subscription to the shop', () => {
  it('follows an order from its payment that was declined to the one that was not, with what payments knows', async () => {
    const shopper = await newCustomer(shop.send);
    const cartId = await shopper.cartWith([{ variantId: variant?.id ?? '', quantity: 1 }]);
    const declined = await shopper.placeOrder(cartId, 'tok_decline');
    const orderId = declined.data.placeOrder.orderId;
    const query = 'subscription ($id: ID!) { orderUpdated(id: $id) { state payments { state } } }';
    const updates = watch(query, { id: orderId }, bearer(shopper.accessToken));
    expect(await updates.next()).toEqual({
      orderUpdated: { state: 'PAYMENT_FAILED', payments: [{ state: 'DECLINED' }] },
    });
    await shopper.placeOrder(cartId, 'tok_approve');
    let order = (await updates.next()).orderUpdated;
    while (order.state !== 'PAID') order = (await updates.next()).orderUpdated;
    expect(order.payments).toHaveLength(2);
    await updates.leave();

    const other = watch(query, { id: orderId }, bearer((await newCustomer(shop.send)).accessToken));
    expect(await other.next()).toBeNull();
    await other.leave();
  });

  it('tells what is left of a variant as somebody buys it, with what catalog knows', async () => {
    const changes = watch(
      'subscription ($id: ID!) { stockChanged(variantId: $id) { sku availability { available } } }',
      { id: variant?.id },
    );
    const { sku, availability } = (await changes.next()).stockChanged;
    expect(sku).toBe(variant?.sku);
    const guest = buyer(shop.send);
    await guest.placeOrder(
      await guest.cartWith([{ variantId: variant?.id ?? '', quantity: 2 }]),
      'tok_approve',
    );
    expect((await changes.next()).stockChanged.availability.available).toBe(availability.available - 2);
    await changes.leave();
  });
});
