import { rowsOf } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import type { Context } from '../../context.ts';
import { orderReturnRequested } from '../../events.ts';
import { hashOf } from '../../hash-of.ts';
import { isRefusal, type RefusalOf } from '../../refusal.ts';
import { longestKey, longestReason, refusalOfText } from '../../refusal-of-text.ts';
import { changeOrder } from '../change-order.ts';
import type { Units } from '../fulfilment/order-fulfilment.entity.ts';
import { knownUnderKey } from '../known-under-key.ts';
import { Order } from '../order.entity.ts';
import { factsOf, occurrenceOf } from '../order-facts.ts';
import type { OrderRecord } from '../order-record.ts';
import type { OrderState } from '../order-state.ts';
import { unitsOfOrder } from '../units-of-order.ts';
import { wantedUnits } from '../wanted-units.ts';
import { OrderReturn } from './order-return.entity.ts';

export interface ReturnRequest {
  readonly orderId: string;
  /** Null for all that was sent and is not on its way back. */
  readonly lines: readonly Units[] | null;
  readonly reason: string;
  /** The same key asks once. */
  readonly idempotencyKey: string;
}

export type RequestReturnRefusal = RefusalOf<
  'order-not-found' | 'order-state' | 'invalid-input' | 'idempotency-key-reused'
>;

const returnable: readonly OrderState[] = ['FULFILLED', 'DELIVERED', 'PARTIALLY_RETURNED'];

/** Asks to send units back that were sent off. Nothing moves until they are received. */
export async function requestReturn(
  context: Context,
  request: ReturnRequest,
): Promise<OrderRecord | RequestReturnRefusal> {
  const { orderId, lines: wanted, reason, idempotencyKey } = request;
  const invalid =
    refusalOfText(reason, longestReason, 'input.reason') ??
    refusalOfText(idempotencyKey, longestKey, 'input.idempotencyKey');
  if (invalid !== null) return invalid;
  return changeOrder<RequestReturnRefusal>(context, orderId, async (tx, order, change) => {
    const rows = rowsOf(tx);
    const known = knownUnderKey(await rows.findOne(OrderReturn, { orderId, idempotencyKey }), request);
    if (known !== null) return known === 'done' ? null : known;
    if (!returnable.includes(order.state))
      return { refused: 'order-state', orderId, state: order.state, wanted: 'returned' };
    const units = wantedUnits(
      await unitsOfOrder(tx, orderId),
      wanted,
      ({ fulfilled, returned, returning }) => fulfilled - returned - returning,
    );
    if (isRefusal(units)) return units;
    const id = change.newId();
    const { now } = change;
    await rows.insert(OrderReturn, {
      id,
      createdAt: now,
      updatedAt: now,
      orderId,
      idempotencyKey,
      fingerprint: hashOf(request),
      state: 'REQUESTED',
      lines: units,
      reason,
      decision: null,
      refund: null,
    });
    // Its version tells that something about it has changed.
    await rows.change(Order, order, { updatedAt: now });
    recordEvent(tx, orderReturnRequested, occurrenceOf(order, change), {
      ...factsOf(order),
      returnId: id,
      lines: [...units],
      reason,
    });
    return null;
  });
}
