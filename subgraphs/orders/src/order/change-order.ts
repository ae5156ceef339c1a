import { isId } from '@stoa/clock';
import { type EntityManager, rowsOf } from '@stoa/database';
import { hasRole, type Viewer } from '@stoa/identity';
import type { Context } from '../context.ts';
import { isRefusal, type Refusal, type RefusalOf } from '../refusal.ts';
import { inTransaction } from '../transaction.ts';
import type { OrderChange } from './move-order.ts';
import { Order, type OrderActor } from './order.entity.ts';
import { canReadOrder } from './order-access.ts';
import type { OrderRecord } from './order-record.ts';
import { ordersById } from './read-orders.ts';
import { finishTasks } from './task/finish-tasks.ts';

/** What a command does to an order that its transaction holds, or why it does not: then it has written nothing. */
export type Command<R extends Refusal> = (
  tx: EntityManager,
  order: Order,
  change: OrderChange,
) => Promise<R | null>;

/**
 * Changes an order for the viewer, and does at once what other services have to do about it, as far as they answer.
 * @returns the order as it is then, or why it was not changed; `order-not-found` also for somebody else's
 * @throws {Failure} conflict when others were faster each time
 */
export async function changeOrder<R extends Refusal>(
  context: Context,
  orderId: string,
  command: Command<R>,
): Promise<OrderRecord | R | RefusalOf<'order-not-found'>> {
  const { em, viewer } = context;
  const refusal = await inTransaction(em, async (tx) => {
    const order = isId(orderId) ? await rowsOf(tx).findOne(Order, { id: orderId }, { lock: true }) : null;
    if (order === null || !canReadOrder(viewer, { buyerId: order.buyerId ?? null }, 'id'))
      return { refused: 'order-not-found', orderId } as const;
    return command(tx, order, changeBy(context, order));
  });
  if (refusal !== null && isRefusal(refusal)) return refusal;
  await finishTasks(context, orderId);
  const [changed] = await ordersById(em, [orderId]);
  if (changed === undefined) throw new Error(`Expected the order ${orderId} that was just changed`);
  return changed;
}

function changeBy({ clock, newId, call, viewer }: Context, order: Order): OrderChange {
  return {
    now: clock.now(),
    newId,
    requestId: call.requestId,
    actor: actorOf(viewer, order),
    actorId: viewer.kind === 'user' ? viewer.id : null,
    reason: null,
  };
}

/** Staff who bought something are the buyers of that. */
function actorOf(viewer: Viewer, { buyerId }: Order): OrderActor {
  if (viewer.kind === 'service') return 'SYSTEM';
  return hasRole(viewer, 'STAFF') && viewer.id !== buyerId ? 'STAFF' : 'BUYER';
}
