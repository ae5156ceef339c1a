import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@stoa/clock';
import { z } from '@stoa/config';
import { type EventMessage, openBroker } from '@stoa/events';
import { paymentCaptured } from '@stoa/payments/events';
import { silentLogger } from '@stoa/telemetry';
import { launch } from '../../../e2e/processes.ts';
import { demoVariants, setStock } from '../../../e2e/stock.ts';
import type { Proof } from '../proof.ts';
import { settle } from '../settle.ts';
import { type ShopProcesses, startShopProcesses } from '../shop-processes.ts';
import { buy } from '../shopper.ts';

const consumer = 'go-on-after-payment-captured';
const purchases = 10;
const withinMs = 60_000;

/** An event that nobody can read goes out among others; once it is mended, it is replayed, twice. */
export const poison: Proof = {
  name: 'poison',
  title:
    'a poisoned message is set aside, those behind it are handled, and replayed after a fix it is handled once',
  async run(place, tell) {
    const shop = await startShopProcesses(place);
    try {
      if (shop.broker === null || shop.postgresServer === null)
        return { figures: 'takes a broker that can be reached from outside', violations: [] };
      const [variantId = ''] = demoVariants(1);
      await setStock(shop.send, variantId, 1_000);
      const [bad, behind] = [eventWith({ nonsense: true }), eventWith(payload)];
      await publish(shop, [bad, behind]);
      tell('shoppers buy behind a poisoned message');
      for (let count = 0; count < purchases; count += 1)
        await buy(shop.send, { variantId, quantity: 1, token: 'tok_approve' });

      await untilHandled(shop, behind.id);
      const [before] = await inboxRows(shop, bad.id);
      const { violations } = await settle(shop.stores, withinMs);
      const listed = (await command(shop, ['list'])).includes(bad.id);
      tell('the message is mended and replayed');
      await mend(shop, bad.id);
      await command(shop, ['replay', bad.id]);
      const after = await untilHandled(shop, bad.id);
      await command(shop, ['replay', '--all']);
      await sleep(1_000);
      const rows = await inboxRows(shop, bad.id);
      return {
        figures: `1 poisoned, ${purchases} orders behind it, set aside after ${before?.attempts} attempts, replayed twice, handled ${rows.length} time`,
        violations: [
          ...violations,
          ...(before?.isDead
            ? []
            : ['The poisoned message was not set aside before those behind it were handled']),
          ...(listed ? [] : ['`npm run events -- list` does not tell of the dead letter']),
          ...(after.isHandled && rows.length === 1 ? [] : [`After the replay it is ${JSON.stringify(rows)}`]),
        ],
      };
    } finally {
      await shop.stop();
    }
  },
};

const paymentId = newId();
const payload = { paymentId, orderId: newId(), amount: 1, currency: 'EUR' };

function eventWith(of: unknown): EventMessage {
  return {
    id: newId(),
    type: paymentCaptured.type,
    aggregateId: paymentId,
    requestId: 'chaos',
    occurredAt: new Date(),
    payload: of,
  };
}

async function publish({ broker: own }: ShopProcesses, events: readonly EventMessage[]): Promise<void> {
  if (own === null) return;
  const broker = await openBroker({ ...own, prefetch: 1 }, silentLogger);
  for (const until = Date.now() + withinMs; ; await sleep(200)) {
    const error = await broker.publish(events).catch((cause: unknown) => cause);
    if (error === undefined) break;
    // It may not be connected yet.
    if (Date.now() > until) throw error;
  }
  await broker.close();
}

interface InboxRow {
  readonly attempts: number;
  readonly isHandled: boolean;
  readonly isDead: boolean;
}

async function inboxRows({ stores }: ShopProcesses, eventId: string): Promise<readonly InboxRow[]> {
  return stores.rows(
    'orders',
    `select attempts, handled_at is not null as "isHandled", dead_at is not null as "isDead"
     from inbox where consumer = '${consumer}' and event_id = '${eventId}'`,
    z.object({ attempts: z.number(), isHandled: z.boolean(), isDead: z.boolean() }),
  );
}

/** Waits until an event is handled. */
async function untilHandled(shop: ShopProcesses, eventId: string): Promise<InboxRow> {
  for (const until = Date.now() + withinMs; Date.now() < until; await sleep(200)) {
    const [row] = await inboxRows(shop, eventId);
    if (row?.isHandled) return row;
  }
  throw new Error(`The event ${eventId} was not handled within ${withinMs} ms`);
}

/** As whoever is on call does, once they know what was wrong. */
async function mend({ stores }: ShopProcesses, eventId: string): Promise<void> {
  await stores.rows(
    'orders',
    `update inbox set payload = '${JSON.stringify(payload)}' where event_id = '${eventId}' returning event_id`,
    z.object({ event_id: z.string() }),
  );
}

/** `npm run events`, on the shop's databases. */
async function command({ postgresServer, broker }: ShopProcesses, args: readonly string[]): Promise<string> {
  const environment = {
    DATABASE_URL: postgresServer ?? '',
    BROKER_URL: broker?.url ?? '',
    BROKER_PREFIX: broker?.prefix ?? '',
  };
  const running = launch('host/src/events.ts', environment, args);
  await running.exited;
  return running.output();
}
