import type { NewId } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import { type Order, type OrderActor, OrderHistory } from './order.entity.ts';
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
export function moveOrder(tx: EntityManager, order: Order, to: OrderState, change: OrderChange): void {
  orderStates.assertMove(order.state, to);
  const from = order.state;
  order.state = to;
  order.updatedAt = change.now;
  recordHistory(tx, order, from, change);
}

/**
 * Moves an order on, or records a change that leaves it in its state: a second part of it was sent, for example.
 * @throws {Failure} ILLEGAL_TRANSITION
 */
export function moveOrStay(tx: EntityManager, order: Order, to: OrderState, change: OrderChange): void {
  if (order.state !== to) {
    moveOrder(tx, order, to, change);
    return;
  }
  order.updatedAt = change.now;
  recordHistory(tx, order, to, change);
}

/** Adds the entry for the state that the order has come to. `from` is null for its first. */
export function recordHistory(
  tx: EntityManager,
  order: Order,
  from: OrderState | null,
  { now, newId, actor, actorId, reason }: OrderChange,
): void {
  tx.persist(
    tx.create(OrderHistory, { id: newId(), order, at: now, from, to: order.state, reason, actor, actorId }),
  );
}
