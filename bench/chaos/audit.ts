import { z } from '@stoa/config';
import type { Stores } from './stores.ts';

/** What the books of a shop say, once nothing is under way. */
export interface Audit {
  /** Sentences, each of something that must not be; empty for a shop whose books agree. */
  readonly violations: readonly string[];
  readonly orders: number;
  readonly paid: number;
  readonly checkouts: number;
  /** Events that wait to be relayed. */
  readonly unrelayed: number;
}

const paidStates = [
  'PAID',
  'PARTIALLY_FULFILLED',
  'FULFILLED',
  'DELIVERED',
  'PARTIALLY_RETURNED',
  'RETURNED',
];
const relaying = ['orders', 'payments', 'inventory'];

/** Checks orders, payments, provider, stock and outboxes against each other. Read-only. */
export async function audit(stores: Stores): Promise<Audit> {
  const found = await readBooks(stores);
  return {
    violations: [
      ...ofCheckouts(found),
      ...ofOrders(found),
      ...ofMoney(found),
      ...ofReservations(found),
      ...ofStock(found),
      ...ofEffects(found),
    ],
    orders: found.orders.length,
    paid: found.orders.filter(isPaid).length,
    checkouts: found.checkouts.length,
    unrelayed: await unrelayedEvents(stores),
  };
}

const id = z.string();
/** PostgreSQL gives big numbers and sums as text. */
const number = z.coerce.number();
const atPlace = { variant_id: id, location_id: id };

type Books = Awaited<ReturnType<typeof readBooks>>;

async function readBooks({ rows }: Stores) {
  const [orders, checkouts, payments, ledger, charges, refunds, reservations, stock, moved, held, handled] =
    await Promise.all([
      rows(
        'orders',
        'select id, number, state, total, checkout_id from orders',
        z.object({ id, number: z.string(), state: z.string(), total: number, checkout_id: id }),
      ),
      rows(
        'orders',
        'select id, state, reservation_id from checkout',
        z.object({ id, state: z.string(), reservation_id: id.nullable() }),
      ),
      rows(
        'payments',
        'select id, order_id, captured, refunded from payment',
        z.object({ id, order_id: id, captured: number, refunded: number }),
      ),
      rows(
        'payments',
        'select payment_id, kind, amount from ledger_entry',
        z.object({ payment_id: id, kind: z.string(), amount: number }),
      ),
      rows(
        'payments',
        'select id, payment_id, captured from sandbox_charge',
        z.object({ id, payment_id: id, captured: number }),
      ),
      rows(
        'payments',
        'select charge_id, amount, refusal_code from sandbox_refund',
        z.object({ charge_id: id, amount: number, refusal_code: z.string().nullable() }),
      ),
      rows(
        'inventory',
        'select id, state, order_id from reservation',
        z.object({ id, state: z.string(), order_id: id.nullable() }),
      ),
      rows(
        'inventory',
        'select variant_id, location_id, on_hand, reserved from stock_item',
        z.object({ ...atPlace, on_hand: number, reserved: number }),
      ),
      rows(
        'inventory',
        'select variant_id, location_id, sum(delta) as units from stock_movement group by variant_id, location_id',
        z.object({ ...atPlace, units: number }),
      ),
      rows(
        'inventory',
        `select line.variant_id, line.location_id, sum(line.quantity) as units from reservation_line line
         join reservation on reservation.id = line.reservation_id where reservation.state = 'HELD'
         group by line.variant_id, line.location_id`,
        z.object({ ...atPlace, units: number }),
      ),
      rows(
        'orders',
        `select aggregate_id as payment_id from inbox
         where consumer = 'go-on-after-payment-captured' and handled_at is not null`,
        z.object({ payment_id: id }),
      ),
    ]);
  return { orders, checkouts, payments, ledger, charges, refunds, reservations, stock, moved, held, handled };
}

async function unrelayedEvents({ rows }: Stores): Promise<number> {
  const counts = await Promise.all(
    relaying.map((name) => rows(name, 'select count(*) as count from outbox', z.object({ count: number }))),
  );
  return counts.flat().reduce((sum, { count }) => sum + count, 0);
}

function isPaid({ state }: { state: string }): boolean {
  return paidStates.includes(state);
}

function* ofCheckouts({ checkouts }: Books): Generator<string> {
  for (const { id, state } of checkouts)
    if (state !== 'DONE' && state !== 'FAILED') yield `The checkout ${id} is still ${state}`;
}

function* ofOrders({ orders, payments, reservations, checkouts }: Books): Generator<string> {
  for (const order of orders) {
    const taken = payments
      .filter(({ order_id }) => order_id === order.id)
      .map(({ captured, refunded }) => ({ captured, net: captured - refunded }));
    const net = taken.reduce((sum, payment) => sum + payment.net, 0);
    const captures = taken.filter(({ captured }) => captured > 0).length;
    if (captures > 1 && net > order.total) yield `${order.number}: money was taken ${captures} times`;
    const checkout = checkouts.find(({ id }) => id === order.checkout_id);
    const reservation = reservations.find(({ id }) => id === checkout?.reservation_id);
    if (isPaid(order)) {
      if (order.state === 'PAID' && net !== order.total)
        yield `${order.number} is PAID, and ${net} of ${order.total} was taken`;
      if (reservation?.state !== 'COMMITTED')
        yield `${order.number} is ${order.state}, and its reservation is ${reservation?.state ?? 'not there'}`;
    } else {
      if (net !== 0) yield `${order.number} is ${order.state}, and ${net} was taken for it`;
      if (
        reservation?.state === 'HELD' ||
        (reservation?.state === 'COMMITTED' && order.state !== 'CANCELLED')
      )
        yield `${order.number} is ${order.state}, and its reservation is ${reservation.state}`;
    }
  }
}

function* ofMoney({ payments, ledger, charges, refunds }: Books): Generator<string> {
  for (const payment of payments) {
    const booked = ledger
      // A refund is booked as less than nothing; what is on hold is no money yet.
      .filter(({ payment_id, kind }) => payment_id === payment.id && ['CAPTURE', 'REFUND'].includes(kind))
      .reduce((sum, { amount }) => sum + amount, 0);
    const charge = charges.find(({ payment_id }) => payment_id === payment.id);
    const returned = refunds
      .filter(({ charge_id, refusal_code }) => charge_id === charge?.id && refusal_code === null)
      .reduce((sum, { amount }) => sum + amount, 0);
    const provided = (charge?.captured ?? 0) - returned;
    if (booked !== provided)
      yield `The payment ${payment.id}: the ledger says ${booked}, the provider ${provided}`;
    if (booked !== payment.captured - payment.refunded)
      yield `The payment ${payment.id} says ${payment.captured - payment.refunded}, its ledger ${booked}`;
  }
  for (const { payment_id } of charges)
    if (!payments.some(({ id }) => id === payment_id))
      yield `The provider has a charge of no payment: ${payment_id}`;
}

function* ofReservations({ reservations, checkouts }: Books): Generator<string> {
  for (const { id, state, order_id } of reservations) {
    if (state === 'HELD') yield `The reservation ${id} is still held`;
    if (state === 'COMMITTED' && !checkouts.some((checkout) => checkout.reservation_id === id))
      yield `The reservation ${id} of the order ${order_id} was committed for no checkout`;
  }
}

function* ofStock({ stock, moved, held }: Books): Generator<string> {
  const key = (row: { variant_id: string; location_id: string }) => `${row.variant_id} at ${row.location_id}`;
  const movedBy = new Map(moved.map((row) => [key(row), row.units]));
  const heldBy = new Map(held.map((row) => [key(row), row.units]));
  for (const row of stock) {
    if (row.on_hand < 0 || row.reserved < 0)
      yield `${key(row)}: ${row.on_hand} on hand, ${row.reserved} reserved`;
    if ((movedBy.get(key(row)) ?? 0) !== row.on_hand)
      yield `${key(row)}: ${row.on_hand} on hand, and its movements come to ${movedBy.get(key(row)) ?? 0}`;
    if ((heldBy.get(key(row)) ?? 0) !== row.reserved)
      yield `${key(row)}: ${row.reserved} reserved, and reservations hold ${heldBy.get(key(row)) ?? 0}`;
  }
}

/** That a payment was captured has come to orders, once. */
function* ofEffects({ payments, handled }: Books): Generator<string> {
  for (const { id, captured } of payments) {
    const times = handled.filter(({ payment_id }) => payment_id === id).length;
    if (times !== (captured > 0 ? 1 : 0))
      yield `That ${captured} of the payment ${id} was captured was handled ${times} times`;
  }
}
