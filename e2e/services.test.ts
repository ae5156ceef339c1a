import { demoProducts } from '@stoa/seed';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyer, newCustomer } from './buyer.ts';
import { httpClient, type Send } from './client.ts';
import { freePorts, launch, type Running, temporaryFolder, untilReady } from './processes.ts';

const [product] = demoProducts();
const variantId = product?.variants[0]?.id ?? '';

describe.each(databaseEngines)('separate processes on $engine', ({ engine, freshUrl }) => {
  let services: Running;
  let send: Send;
  let firstPort: number;
  beforeAll(async () => {
    firstPort = await freePorts(20);
    const database: Record<string, string> = engine === 'postgresql' ? { DATABASE_URL: freshUrl() } : {};
    const routerPort = firstPort + 19;
    services = launch('host/src/services.ts', {
      PORT: String(routerPort),
      SERVICES_FIRST_PORT: String(firstPort),
      STOA_DATA_DIR: temporaryFolder('services'),
      ...database,
    });
    await untilReady(services, routerPort, 170_000);
    send = httpClient(`http://localhost:${routerPort}/graphql`);
  }, 180_000);
  afterAll(() => services?.stop());

  it('answer one query over HTTP from three subgraphs', async () => {
    const { data, errors } = await send(
      '{ products(first: 5) { nodes { name variants { price { gross { amount } } availability { available } } } } }',
    );
    expect(errors).toEqual([]);
    expect(data.products.nodes).toHaveLength(5);
    expect(data.products.nodes[0].variants[0].price.gross.amount).toBeGreaterThan(0);
  });

  it('sell: sign-up, cart, quote, reservation and payment between processes over gRPC', async () => {
    const customer = await newCustomer(send);
    const cartId = await customer.cartWith([{ variantId, quantity: 1 }]);
    const { data, errors } = await customer.placeOrder(cartId, 'tok_approve');
    expect(errors).toEqual([]);
    expect(data.placeOrder).toMatchObject({ __typename: 'Order', state: 'PAID', paymentStatus: 'PAID' });
    const { data: mine } = await customer.send('{ me { orders(first: 1) { nodes { number } } } }');
    expect(mine.me.orders.nodes[0].number).toBe(data.placeOrder.number);
  });

  it('refuse whoever goes past the router', async () => {
    const direct = httpClient(`http://localhost:${firstPort}/graphql`);
    const { status, errors } = await direct('{ me { id } }');
    expect(status).toBe(401);
    expect(errors[0]).toMatchObject({ extensions: { code: 'CONTEXT_REQUIRED' } });
  });

  it('leave stock as it was when the card is declined', async () => {
    const guest = buyer(send);
    const available = async () =>
      (await send('query ($id: ID!) { variant(id: $id) { availability { available } } }', { id: variantId }))
        .data.variant.availability.available;
    const before = await available();
    const cartId = await guest.cartWith([{ variantId, quantity: 2 }]);
    expect((await guest.placeOrder(cartId, 'tok_decline')).data.placeOrder.__typename).toBe(
      'PaymentDeclinedError',
    );
    expect(await available()).toBe(before);
  });
});
