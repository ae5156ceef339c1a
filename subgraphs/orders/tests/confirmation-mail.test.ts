import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock, newId } from '@stoa/clock';
import { createInMemoryBroker, deadLetters, type EventMessage, eventLag } from '@stoa/events';
import { customer, databaseEngines, startMailServer, type TestMailServer } from '@stoa/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { address, buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

const retryMs = 100;

describe.each(databaseEngines)('the confirmation of an order, on $engine', ({ freshUrl }) => {
  const clock = fixedClock();
  const broker = createInMemoryBroker();
  /** What was published since the test began. */
  const published: EventMessage[] = [];
  let server: TestMailServer;
  let world: OrdersWithFakes;
  let guest: ReturnType<typeof buyer>;
  /** How many letters there were when the test began. */
  let before = 0;
  beforeAll(async () => {
    server = await startMailServer();
    await broker.subscribe({
      group: 'test.remembers',
      types: ['order.paid.v1'],
      receive: async (events) => void published.push(...events),
    });
    world = await ordersWithFakes({
      databaseUrl: freshUrl(),
      clock,
      broker,
      environment: { SMTP_URL: server.url, EVENT_RETRY_MS: String(retryMs), EVENT_ATTEMPTS: '3' },
    });
    guest = buyer(world.subgraph);
  });
  beforeEach(() => {
    published.length = 0;
    before = server.letters.length;
  });
  afterEach(() => {
    server.takesLetters = true;
  });
  afterAll(async () => {
    await world.stop();
    server.close();
  });

  const letters = () => server.letters.slice(before);
  const handle = () => world.subgraph.subgraph.work('handle-confirm-by-mail');
  const settle = async () => {
    await world.subgraph.subgraph.work('relay-events');
    await handle();
  };
  const waiting = async () =>
    (await eventLag(world.subgraph.subgraph.database))?.consumers.get('confirm-by-mail');
  const dead = async () => deadLetters(world.subgraph.subgraph.database, {}, 10);
  const orderOf = async (as = guest) => {
    const cartId = await as.prepares([world.shop.withVariant({ name: 'A shirt' }), 2]);
    return as.placeOrder(cartId);
  };

  it('goes to the address of the order once it is paid', async () => {
    const order = await orderOf();
    await settle();
    expect(letters()).toHaveLength(1);
    const [letter] = letters();
    expect(letter).toContain('To: buyer@example.com');
    expect(letter).toContain(`Subject: Your order ${order.number}`);
    expect(letter).toContain(`Message-ID: <${published[0]?.id}@stoa.example>`);
    expect(letter).toContain('A shirt');
    expect(letter).toContain(address.recipient);
    await settle();
    expect(letters()).toHaveLength(1);
  });

  it("has its amounts in the locale of the buyer's checkout", async () => {
    await orderOf(buyer(world.subgraph, { locale: 'de' }));
    await settle();
    // In quoted-printable (RFC 2045) a line may be broken anywhere; the bytes are a space that does not break, and the euro's sign.
    expect(letters().map((letter) => letter.replaceAll('=\n', ''))).toEqual([
      expect.stringContaining('Total: 24,00=C2=A0=E2=82=AC'),
    ]);
  });

  it('goes out once, though the event is delivered again before and after', async () => {
    await orderOf();
    await world.subgraph.subgraph.work('relay-events');
    const events = [...published];
    await broker.publish(events);
    await handle();
    await broker.publish(events);
    await handle();
    expect(letters()).toHaveLength(1);
  });

  it('does not go out for an order that is not paid', async () => {
    const cartId = await guest.prepares([world.shop.withVariant(), 1]);
    expect(await guest.placeOrder(cartId, { token: 'tok_decline' })).toMatchObject({
      code: 'PAYMENT_DECLINED',
    });
    await settle();
    expect(letters()).toEqual([]);
  });

  describe('of a signed-in buyer', () => {
    afterEach(() => world.shop.faults.mend());

    /** An order whose cart got no address of its own. */
    const orderOfUser = async (userId: string) => {
      const user = buyer(world.subgraph, customer(userId));
      const cart = await user.fills([world.shop.withVariant(), 1]);
      await user.mutate('setShippingAddress', { cartId: cart.id, address });
      expect(await user.placeOrder(cart.id)).toMatchObject({ state: 'PAID', email: null });
    };

    it("goes to the account's address", async () => {
      await orderOfUser(world.shop.withUser('ada@account.example'));
      await settle();
      expect(letters()).toEqual([expect.stringContaining('To: ada@account.example')]);
    });

    it('goes to the address that was typed into the cart where there is one, and accounts is not asked', async () => {
      world.shop.faults.forget();
      await orderOf(buyer(world.subgraph, customer(world.shop.withUser('ada@account.example'))));
      await settle();
      expect(letters()).toEqual([expect.stringContaining('To: buyer@example.com')]);
      expect(world.shop.faults.calls('accounts.getContact')).toBe(0);
    });

    it('is not sent when the account is gone', async () => {
      const userId = world.shop.withUser('ada@account.example');
      await orderOfUser(userId);
      world.shop.withoutUser(userId);
      await settle();
      expect(published).toHaveLength(1);
      expect(letters()).toEqual([]);
      expect(await waiting()).toBeUndefined();
    });

    it('is tried again when accounts does not answer', async () => {
      await orderOfUser(world.shop.withUser('ada@account.example'));
      world.shop.faults.fail('accounts.getContact');
      await settle();
      expect(letters()).toEqual([]);
      expect(await waiting()).toMatchObject({ retrying: 1 });

      world.shop.faults.mend();
      clock.advance(retryMs);
      await handle();
      expect(letters()).toEqual([expect.stringContaining('To: ada@account.example')]);
      expect(await waiting()).toBeUndefined();
    });
  });

  it('is tried again, as the same letter, when the mail server does not take it', async () => {
    await orderOf();
    server.takesLetters = false;
    await settle();
    expect(letters()).toEqual([]);
    expect(await waiting()).toMatchObject({ retrying: 1 });

    server.takesLetters = true;
    await handle();
    expect(letters(), 'it waits for its delay').toEqual([]);
    clock.advance(retryMs);
    await handle();
    expect(letters()).toEqual([expect.stringContaining(`Message-ID: <${published[0]?.id}@stoa.example>`)]);
    expect(await waiting()).toBeUndefined();
  });

  it('is a dead letter after the last attempt, with what the mail server said', async () => {
    await orderOf();
    server.takesLetters = false;
    await settle();
    for (let attempt = 2; attempt <= 3; attempt += 1) {
      clock.advance(2 * retryMs);
      await handle();
    }
    const [event] = published;
    expect(await dead()).toContainEqual(
      expect.objectContaining({ id: event?.id, error: expect.stringMatching(/451 .* not now/) }),
    );
    expect(letters()).toEqual([]);
  });

  it('is a dead letter at once when the event has not its form', async () => {
    const event: EventMessage = {
      id: newId(),
      type: 'order.paid.v1',
      aggregateId: newId(),
      requestId: 'request',
      occurredAt: new Date(),
      payload: { orderId: 'an order, and nothing else' },
    };
    await broker.publish([event]);
    await handle();
    expect(await dead()).toContainEqual(expect.objectContaining({ id: event.id, attempts: 1 }));
    expect(letters()).toEqual([]);
  });
});

describe('a shop without a mail server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-orders-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes the confirmation as a file of the outbox, by itself', async () => {
    const world = await ordersWithFakes({
      broker: createInMemoryBroker(),
      environment: { STOA_DATA_DIR: folder },
    });
    world.subgraph.subgraph.startWork();
    const guest = buyer(world.subgraph);
    const order = await guest.placeOrder(await guest.prepares([world.shop.withVariant(), 1]));
    await vi.waitFor(async () => {
      const [file = 'no file'] = readdirSync(join(folder, 'outbox'));
      expect(readFileSync(join(folder, 'outbox', file), 'utf8')).toContain(
        `Subject: Your order ${order.number}`,
      );
    }, 20_000);
    await world.stop();
    expect(readdirSync(join(folder, 'outbox'))).toHaveLength(1);
  });
});
