import { z } from '@stoa/config';
import { type EventMessage, openBroker } from '@stoa/events';
import * as inventoryEvents from '@stoa/inventory/events';
import * as ordersEvents from '@stoa/orders/events';
import * as paymentsEvents from '@stoa/payments/events';
import { silentLogger } from '@stoa/telemetry';
import type { ShopProcesses } from './shop-processes.ts';
import type { Stores } from './stores.ts';

/** A consumer of all that orders, inventory and payments tell, which compares it with their books. */
export interface EventWitness {
  /** How many different events have come, and how many came again. */
  counts(): { readonly events: number; readonly again: number };
  /** What is missing, was told twice by different events, or came out of order: a sentence each. */
  contradictions(stores: Stores): Promise<readonly string[]>;
  stop(): Promise<void>;
}

const types = [ordersEvents, inventoryEvents, paymentsEvents].flatMap((events) =>
  Object.values(events).map(({ type }) => type),
);

/** Subscribes at the RabbitMQ of a shop; it hears what is published from then on, also while RabbitMQ is away in between. */
export async function witnessEvents({ broker: own }: ShopProcesses): Promise<EventWitness> {
  if (own === null)
    throw new Error('Expected a shop with a RabbitMQ: what is in memory cannot be heard from outside');
  const broker = await openBroker({ ...own, prefetch: 250 }, silentLogger);
  const heard = new Map<string, EventMessage>();
  const disorder: string[] = [];
  const latest = new Map<string, string>();
  let again = 0;
  const subscribed = await broker.subscribe({
    group: 'chaos.witness',
    types,
    async receive(events) {
      for (const event of events) {
        if (heard.has(event.id)) {
          again += 1;
          continue;
        }
        heard.set(event.id, event);
        // Ids are ordered by time, and all processes here have one clock.
        const before = latest.get(event.aggregateId);
        if (before !== undefined && event.id < before)
          disorder.push(`${event.type} of ${event.aggregateId} came after what happened later`);
        latest.set(event.aggregateId, event.id);
      }
    },
  });
  return {
    counts: () => ({ events: heard.size, again }),
    async contradictions(stores) {
      const told = countBy([...heard.values()].map(({ type, aggregateId }) => `${type} of ${aggregateId}`));
      const happened = countBy(await happenings(stores));
      const all = new Set([...told.keys(), ...happened.keys()].filter(isCompared));
      const different = [...all]
        .filter((what) => told.get(what) !== happened.get(what))
        .map(
          (what) =>
            `${what} happened ${happened.get(what) ?? 0} times and was told ${told.get(what) ?? 0} times`,
        );
      return [...different, ...disorder];
    },
    async stop() {
      await subscribed.stop();
      await broker.close();
    },
  };
}

const orderEvents: Readonly<Record<string, string>> = {
  PAID: 'order.paid.v1',
  PAYMENT_FAILED: 'order.payment-failed.v1',
  CANCELLED: 'order.cancelled.v1',
};
const reservationEvents: Readonly<Record<string, string>> = {
  COMMITTED: 'inventory.reservation-committed.v1',
  EXPIRED: 'inventory.reservation-expired.v1',
};
const compared: readonly string[] = [
  'order.placed.v1',
  'payments.payment-captured.v1',
  ...Object.values(orderEvents),
  ...Object.values(reservationEvents),
];

function isCompared(what: string): boolean {
  return compared.some((type) => what.startsWith(`${type} of `));
}

/** What must have been told, by the books: one word for each time. */
async function happenings({ rows }: Stores): Promise<readonly string[]> {
  const id = z.string();
  const [orders, history, reservations, payments] = await Promise.all([
    rows('orders', 'select id from orders', z.object({ id })),
    rows('orders', 'select order_id, to_state from order_history', z.object({ order_id: id, to_state: id })),
    rows('inventory', 'select id, state from reservation', z.object({ id, state: id })),
    rows('payments', 'select id from payment where captured > 0', z.object({ id })),
  ]);
  return [
    ...orders.map((order) => `order.placed.v1 of ${order.id}`),
    ...payments.map((payment) => `payments.payment-captured.v1 of ${payment.id}`),
    ...history.flatMap(({ order_id, to_state }) => told(orderEvents[to_state], order_id)),
    ...reservations.flatMap((reservation) => told(reservationEvents[reservation.state], reservation.id)),
  ];
}

function told(type: string | undefined, aggregateId: string): string[] {
  return type === undefined ? [] : [`${type} of ${aggregateId}`];
}

function countBy(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
