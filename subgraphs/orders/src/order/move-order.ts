import { OptimisticLockError } from '@mikro-orm/core';
import type { NewId } from '@stoa/clock';
import { type EntityManager, rowsOf } from '@stoa/database';
import { Order, type OrderActor, OrderHistory } from './order.entity.ts';
import { type OrderState, orderStates } from './order-state.ts';

/** Who changes an order, when and why. */
export interface OrderChange {
  readonly now: Date;
  readonly newId: NewId;
  readonly requestId: string;
  readonly actor: OrderActor;
  /** The user, or null for a guest and for the shop itself. */
  readonly actorId: string | null;
  /** Null where the new state says it all. */
  readonly reason: string | null;
}

/**
 * Moves an order on, with an entry in its history.
 * @throws {Failure} ILLEGAL_TRANSITION
 */
export async function moveOrder(
  tx: EntityManager,
  order: Order,
  to: OrderState,
  change: OrderChange,
): Promise<void> {
  orderStates.assertMove(order.state, to);
  await rowsOf(tx).change(Order, order, { state: to, updatedAt: change.now });
  await recordHistory(tx, order.id, order.state, to, change);
}

/**
 * Moves an order on from the state that it must be in, and gives it as it is then: one that has not been read.
 * @throws {Failure} ILLEGAL_TRANSITION
 */
export async function moveOrderFrom(
  tx: EntityManager,
  from: OrderState,
  orderId: string,
  to: OrderState,
  change: OrderChange,
): Promise<Order> {
  const rows = rowsOf(tx);
  const moved = await rows.changeIf(
    Order,
    { id: orderId, state: from },
    { state: to, updatedAt: change.now },
  );
  if (moved === null) {
    const order = await rows.findOne(Order, { id: orderId });
    if (order === null) throw new Error(`Expected the order ${orderId} to become ${to}`);
    orderStates.assertMove(order.state, to);
    throw new OptimisticLockError(`The order ${orderId} has become ${order.state} meanwhile`);
  }
  await recordHistory(tx, orderId, from, to, change);
  return moved;
}

/**
 * Moves an order on, or records a change that leaves it in its state: a second part of it was sent, for example.
 * @throws {Failure} ILLEGAL_TRANSITION
 */
export async function moveOrStay(
  tx: EntityManager,
  order: Order,
  to: OrderState,
  change: OrderChange,
): Promise<void> {
  if (order.state !== to) return moveOrder(tx, order, to, change);
  await rowsOf(tx).change(Order, order, { updatedAt: change.now });
  await recordHistory(tx, order.id, to, to, change);
}

/** Adds the entry for the state that the order has come to. `from` is null for its first. */
export async function recordHistory(
  tx: EntityManager,
  orderId: string,
  from: OrderState | null,
  to: OrderState,
  { now, newId, actor, actorId, reason }: OrderChange,
): Promise<void> {
  await rowsOf(tx).insert(OrderHistory, {
    id: newId(),
    order: orderId,
    at: now,
    from,
    to,
    reason,
    actor,
    actorId,
  });
}
