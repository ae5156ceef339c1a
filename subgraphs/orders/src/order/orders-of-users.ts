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

/** SQLite takes 500 selects in one; the users of a page are 100 at most. */
const usersAtOnce = 100;

/**
 * The page of each user, in one query for up to a hundred: a select a user with a limit of its own, that reads along the index as far
 * as the page goes. Rows numbered within each user would be all orders of all of them.
 */
async function findPages(em: EntityManager, userIds: readonly string[], page: Page): Promise<OrderRecord[]> {
  const pages: OrderRecord[] = [];
  for (let start = 0; start < userIds.length; start += usersAtOnce)
    pages.push(...(await findPagesOf(em, userIds.slice(start, start + usersAtOnce), page)));
  return pages;
}

async function findPagesOf(
  em: EntityManager,
  userIds: readonly string[],
  page: Page,
): Promise<OrderRecord[]> {
  const knex = em.getKnex();
  const [first, ...others] = userIds.map((userId) => {
    const orders = applyOrderPage(em, knex('orders').where('buyer_id', userId), page);
    return knex.select('*').from(orders.as('page'));
  });
  if (first === undefined) return [];
  const scan = page.backward ? 'asc' : 'desc';
  const rows = await first.unionAll(others).orderBy([
    { column: 'placed_at', order: scan },
    { column: 'id', order: scan },
  ]);
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
