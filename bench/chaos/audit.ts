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
  const books = await readBooks(stores);
  return {
    violations: [
      ...ofCheckouts(books),
      ...ofOrders(books),
      ...ofMoney(books),
      ...ofReservations(books),
      ...ofStock(books),
    ],
    orders: books.orders.length,
    paid: books.orders.filter(isPaid).length,
    checkouts: books.checkouts.length,
    unrelayed: books.unrelayed,
  };
}

interface Books {
  readonly orders: readonly {
    id: string;
    number: string;
    state: string;
    total: number;
    checkout_id: string;
  }[];
  readonly checkouts: readonly {
    id: string;
    state: string;
    order_id: string | null;
    reservation_id: string | null;
  }[];
  readonly payments: readonly {
    id: string;
    order_id: string;
    state: string;
    captured: number;
    refunded: number;
  }[];
  readonly ledger: readonly { payment_id: string; kind: string; amount: number }[];
  readonly charges: readonly { id: string; payment_id: string; captured: number }[];
  readonly refunds: readonly { charge_id: string; amount: number; refusal_code: string | null }[];
  readonly reservations: readonly { id: string; state: string; order_id: string }[];
  readonly stock: readonly { variant_id: string; location_id: string; on_hand: number; reserved: number }[];
  readonly moved: readonly { variant_id: string; location_id: string; units: number }[];
  readonly held: readonly { variant_id: string; location_id: string; units: number }[];
  readonly unrelayed: number;
}

async function readBooks(stores: Stores): Promise<Books> {
  const [outboxes, ...books] = await Promise.all([
    Promise.all(relaying.map((name) => stores.rows(name, 'select count(*) as count from outbox'))),
    stores.rows('orders', 'select id, number, state, total, checkout_id from orders'),
    stores.rows('orders', 'select id, state, order_id, reservation_id from checkout'),
    stores.rows('payments', 'select id, order_id, state, captured, refunded from payment'),
    stores.rows('payments', 'select payment_id, kind, amount from ledger_entry'),
    stores.rows('payments', 'select id, payment_id, captured from sandbox_charge'),
    stores.rows('payments', 'select charge_id, amount, refusal_code from sandbox_refund'),
    stores.rows('inventory', 'select id, state, order_id from reservation'),
    stores.rows('inventory', 'select variant_id, location_id, on_hand, reserved from stock_item'),
    stores.rows(
      'inventory',
      'select variant_id, location_id, sum(delta) as units from stock_movement group by variant_id, location_id',
    ),
    stores.rows(
      'inventory',
      `select line.variant_id, line.location_id, sum(line.quantity) as units from reservation_line line
       join reservation on reservation.id = line.reservation_id where reservation.state = 'HELD'
       group by line.variant_id, line.location_id`,
    ),
  ]);
  const [orders, checkouts, payments, ledger, charges, refunds, reservations, stock, moved, held] =
    books.map(withNumbers);
  const unrelayed = outboxes.reduce((sum, [row]) => sum + Number(row.count), 0);
  return {
    orders,
    checkouts,
    payments,
    ledger,
    charges,
    refunds,
    reservations,
    stock,
    moved,
    held,
    unrelayed,
  };
}

const numeric = ['total', 'captured', 'refunded', 'amount', 'on_hand', 'reserved', 'units'];

/** PostgreSQL gives bigints and sums as text. */
// biome-ignore lint/suspicious/noExplicitAny: rows of ten queries; Books says what each holds
function withNumbers(rows: any[]): any {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, numeric.includes(name) ? Number(value) : value]),
    ),
  );
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
