import {
  type Connection,
  type ConnectionArguments,
  connectionPage,
  type EntityManager,
  type Loader,
  loadMany,
  loadOne,
  type Page,
  readInteger,
} from '@stoa/database';
import { applyOrderPage, newestFirst, toOrderConnection } from './list-orders.ts';
import type { OrderRecord } from './order-record.ts';
import { toOrder } from './read-orders.ts';

/** A page of a user's orders, newest first. */
export type OrdersOfUser = (userId: string, args: ConnectionArguments) => Promise<Connection<OrderRecord>>;

/** Lists the orders of users: one query for all users whose page is asked for with the same arguments. */
export function createOrdersOfUsers(em: EntityManager): OrdersOfUser {
  const pages = new Map<string, { page: Page; loader: Loader<string, readonly OrderRecord[]> }>();
  const counts = loadOne(
    (userIds) => countOrders(em, userIds),
    ({ userId }) => userId,
  );
  return async (userId, args) => {
    const key = JSON.stringify([args.first, args.after, args.last, args.before]);
    let entry = pages.get(key);
    if (entry === undefined) {
      const page = connectionPage(args, newestFirst);
      const loader = loadMany(
        (userIds: readonly string[]) => findPages(em, userIds, page),
        ({ buyerId }) => buyerId ?? '',
      );
      entry = { page, loader };
      pages.set(key, entry);
    }
    const orders = await entry.loader.load(userId);
    return toOrderConnection(orders, entry.page, async () => (await counts.load(userId))?.count ?? 0);
  };
}

/** The page of each user, in one query: the rows are numbered within each user, and each user's first ones kept. */
async function findPages(em: EntityManager, userIds: readonly string[], page: Page): Promise<OrderRecord[]> {
  const knex = em.getKnex();
  const scan = page.backward ? 'asc' : 'desc';
  const numbered = applyOrderPage(em, knex('orders').whereIn('buyer_id', userIds), page)
    .clear('limit')
    .clear('order')
    .select('orders.*')
    .select(
      knex.raw(`row_number() over (partition by buyer_id order by placed_at ${scan}, id ${scan}) as place`),
    );
  const rows = await knex
    .from(numbered.as('numbered'))
    .where('place', '<=', page.size + 1)
    .orderBy(['buyer_id', 'place']);
  return rows.map(toOrder);
}

async function countOrders(em: EntityManager, userIds: readonly string[]) {
  const rows = await em
    .getKnex()('orders')
    .whereIn('buyer_id', userIds)
    .groupBy('buyer_id')
    .select('buyer_id')
    .count({ count: '*' });
  return rows.map((row: Record<string, unknown>) => ({
    userId: row['buyer_id'] as string,
    count: readInteger(row['count']),
  }));
}
