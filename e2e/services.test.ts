import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectDatabase } from '@stoa/database';
import { readRegistry } from '@stoa/registry';
import { demoProducts } from '@stoa/seed';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadModules } from '../host/src/load-modules.ts';
import { buyer, newCustomer } from './buyer.ts';
import { httpClient, type Send } from './client.ts';
import { ownBroker } from './own-broker.ts';
import { freePorts, launch, type Running, temporaryFolder, untilReady } from './processes.ts';
import { type SecondInstances, startSecondInstances } from './second-instances.ts';
import { setStock } from './stock.ts';

const [product] = demoProducts();
const variantId = product?.variants[0]?.id ?? '';

/** On PostgreSQL, a second instance of those that hold stock and money, with a router of its own. */
const doubled = ['inventory', 'orders', 'payments'];

describe.each(databaseEngines)('separate processes on $engine', ({ engine, freshUrl }) => {
  const broker = engine === 'postgresql' ? ownBroker() : null;
  const databaseUrl = engine === 'postgresql' ? freshUrl() : null;
  const folder = temporaryFolder('services');
  const environment: Record<string, string> = {
    STOA_DATA_DIR: folder,
    STOA_CONTEXT_SECRET: 'what the services of this test sign with',
    // A schema each: what a database each can do, the other tests show.
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl, DATABASE_LAYOUT: 'schemas' }),
    ...broker?.settings,
  };
  let services: Running;
  let send: Send;
  let firstPort: number;
  let second: SecondInstances | undefined;
  let routers: readonly Send[];
  beforeAll(async () => {
    firstPort = await freePorts(20);
    const routerPort = firstPort + 19;
    services = launch('host/src/services.ts', {
      ...environment,
      PORT: String(routerPort),
      SERVICES_FIRST_PORT: String(firstPort),
    });
    await untilReady(services, routerPort, 170_000);
    send = httpClient(`http://localhost:${routerPort}/graphql`);
    routers = [send];
    if (databaseUrl === null) return;
    const ports = { first: firstPort, second: await freePorts(20) };
    second = await startSecondInstances(doubled, environment, ports);
    routers = [send, httpClient(`http://localhost:${second.routerPort}/graphql`)];
  }, 240_000);
  afterAll(async () => {
    await Promise.all([services?.stop(), second?.stop()]);
    await broker?.remove((await loadModules(readRegistry())).flatMap(({ groups }) => groups));
  });

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

  it('sell the last units once, whichever instance is asked', async () => {
    const lastId = demoProducts()[1]?.variants[0]?.id ?? '';
    await setStock(send, lastId, 5);
    const carts = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        buyer(routers[index % routers.length] ?? send).cartWith([{ variantId: lastId, quantity: 1 }]),
      ),
    );
    const answers = await Promise.all(
      carts.map((cartId, index) =>
        buyer(routers[index % routers.length] ?? send).placeOrder(cartId, 'tok_approve'),
      ),
    );
    const types = answers.map(({ data }) => data.placeOrder.__typename).sort();
    expect(types).toEqual([...Array(7).fill('InsufficientStockError'), ...Array(5).fill('Order')]);
  }, 60_000);

  it('place an order once that is sent to both with one key', async () => {
    const cartId = await buyer(send).cartWith([{ variantId, quantity: 1 }]);
    const idempotencyKey = crypto.randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        buyer(routers[index % routers.length] ?? send).placeOrder(cartId, 'tok_approve', { idempotencyKey }),
      ),
    );
    expect(new Set(answers.map(({ data }) => data.placeOrder.number)).size).toBe(1);
    expect(answers[0]?.data.placeOrder.payments).toHaveLength(1);
  });

  if (broker === null) return;
  it('confirm an order by mail to the account of its buyer, whom orders asks accounts for', async () => {
    const outbox = join(folder, 'outbox');
    const customer = await newCustomer(send);
    const cartId = await customer.cartWith([{ variantId, quantity: 1 }]);
    const { data } = await customer.placeOrder(cartId, 'tok_approve');
    await vi.waitFor(() => {
      const letters = readdirSync(outbox).map((file) => readFileSync(join(outbox, file), 'utf8'));
      const confirmation = letters.find((text) => text.includes(`Your order ${data.placeOrder.number}`));
      expect(confirmation).toContain(`To: ${customer.email}`);
    }, 20_000);
  });

  it('hear of each payment once, over RabbitMQ', async () => {
    const orders = await connectDatabase(`${databaseUrl}?schema=orders`);
    try {
      const paid = await vi.waitFor(async () => {
        const [found = {}] = await orders.em.getConnection().execute(
          `select count(*) as events, count(distinct aggregate_id) as payments,
               (select count(*) from orders where state = 'PAID') as paid
             from inbox where consumer = 'go-on-after-payment-captured' and handled_at is not null`,
        );
        expect(found.events).toBe(found.paid);
        expect(found.payments).toBe(found.paid);
        return Number(found.paid);
      }, 20_000);
      expect(paid).toBeGreaterThanOrEqual(7);
    } finally {
      await orders.close();
    }
  }, 30_000);
});
