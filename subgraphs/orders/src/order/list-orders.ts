import {
  applyPage,
  type Connection,
  type ConnectionArguments,
  connectionPage,
  type EntityManager,
  type Knex,
  type ListOrder,
  type Page,
  readInteger,
  toConnection,
  writeTime,
} from '@stoa/database';
import type { OrderRecord } from './order-record.ts';
import type { OrderState } from './order-state.ts';
import { findOrders } from './read-orders.ts';

/** Which orders to list; what is left out does not narrow the list. */
export interface OrderFilter {
  readonly states?: readonly OrderState[] | null;
  readonly email?: string | null;
  /** Inclusive. */
  readonly placedAfter?: Date | null;
  /** Exclusive. */
  readonly placedBefore?: Date | null;
}

/** Newest first. */
export const newestFirst: ListOrder = { list: 'orders', columns: ['placed_at', 'id'], direction: 'desc' };

/**
 * A page of all orders, newest first.
 * @throws {Failure} bad-input for a page size or a cursor that is wrong
 */
export async function listOrders(
  em: EntityManager,
  args: ConnectionArguments,
  filter: OrderFilter,
): Promise<Connection<OrderRecord>> {
  const page = connectionPage(args, newestFirst);
  const narrow = (orders: Knex.QueryBuilder) => applyFilter(em, orders, filter);
  const orders = await findOrders(em, (all) => applyOrderPage(em, narrow(all), page));
  return toOrderConnection(orders, page, async () => {
    const [row] = await narrow(em.getKnex()('orders')).count({ count: '*' });
    return readInteger(row?.count);
  });
}

/** `applyPage` for orders: the place of one is its moment and its id. */
export function applyOrderPage(em: EntityManager, orders: Knex.QueryBuilder, page: Page): Knex.QueryBuilder {
  return applyPage(orders, page, (value, column) =>
    column === 'placed_at' ? writeTime(em, new Date(value)) : value,
  );
}

/** `toConnection` for orders. */
export function toOrderConnection(
  orders: readonly OrderRecord[],
  page: Page,
  totalCount: () => Promise<number>,
): Connection<OrderRecord> {
  return toConnection(orders, page, ({ placedAt, id }) => [placedAt.getTime(), id], totalCount);
}

function applyFilter(
  em: EntityManager,
  orders: Knex.QueryBuilder,
  { states, email, placedAfter, placedBefore }: OrderFilter,
): Knex.QueryBuilder {
  if (states !== null && states !== undefined) orders.whereIn('state', states);
  if (email !== null && email !== undefined) orders.where('email', email.trim().toLowerCase());
  if (placedAfter !== null && placedAfter !== undefined) {
    orders.where('placed_at', '>=', writeTime(em, placedAfter));
  }
  if (placedBefore !== null && placedBefore !== undefined) {
    orders.where('placed_at', '<', writeTime(em, placedBefore));
  }
  return orders;
}
