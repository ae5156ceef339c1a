import { rowsOf } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import { readCheckout } from '../../checkout/read-checkout.ts';
import type { Context } from '../../context.ts';
import { orderFulfilled } from '../../events.ts';
import { hashOf } from '../../hash-of.ts';
import { isRefusal, type RefusalOf } from '../../refusal.ts';
import { longestKey, refusalOfText } from '../../refusal-of-text.ts';
import { changeOrder } from '../change-order.ts';
import { knownUnderKey } from '../known-under-key.ts';
import { moveOrStay } from '../move-order.ts';
import { factsOf, occurrenceOf } from '../order-facts.ts';
import type { OrderRecord } from '../order-record.ts';
import { type LineUnits, unitsOfOrder } from '../units-of-order.ts';
import { wantedUnits } from '../wanted-units.ts';
import { captureForOrder } from './capture-for-order.ts';
import { OrderFulfilment, type Units } from './order-fulfilment.entity.ts';

export interface FulfilRequest {
  readonly orderId: string;
  /** Null for all that is left. */
  readonly lines: readonly Units[] | null;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  /** The same key fulfils once. */
  readonly idempotencyKey: string;
}

export type FulfilRefusal = RefusalOf<
  'order-not-found' | 'order-state' | 'invalid-input' | 'order-not-captured' | 'idempotency-key-reused'
>;

const longestText = 100;

/**
 * Records that a part of an order, or all of it, is on its way. Where money is only authorised when an order is placed, all of it is
 * taken with the first part; when that fails, nothing is recorded.
 */
export async function fulfilOrder(
  context: Context,
  request: FulfilRequest,
): Promise<OrderRecord | FulfilRefusal> {
  const { orderId, idempotencyKey, carrier, trackingNumber } = request;
  const invalid = refusalOf(request);
  if (invalid !== null) return invalid;
  const notCaptured = await captureForOrder(context, orderId);
  if (notCaptured !== null) return notCaptured;
  return changeOrder<FulfilRefusal>(context, orderId, async (tx, order, change) => {
    const rows = rowsOf(tx);
    const known = knownUnderKey(await rows.findOne(OrderFulfilment, { orderId, idempotencyKey }), request);
    if (known !== null) return known === 'done' ? null : known;
    const { state } = await readCheckout({ em: tx }, order.checkoutId);
    const isFulfillable = order.state === 'PAID' || order.state === 'PARTIALLY_FULFILLED';
    // Until its checkout is over, the stock may still be on the way.
    if (!isFulfillable || state !== 'DONE')
      return { refused: 'order-state', orderId, state: order.state, wanted: 'fulfilled' };
    const lines = await unitsOfOrder(tx, orderId);
    const units = wantedUnits(lines, request.lines, ({ quantity, fulfilled }) => quantity - fulfilled);
    if (isRefusal(units)) return units;
    const id = change.newId();
    await rows.insert(OrderFulfilment, {
      id,
      orderId,
      idempotencyKey,
      fingerprint: hashOf(request),
      at: change.now,
      lines: units,
      carrier,
      trackingNumber,
    });
    const isComplete = leftOver(lines, units) === 0;
    const to = isComplete ? 'FULFILLED' : 'PARTIALLY_FULFILLED';
    await moveOrStay(tx, order, to, change);
    recordEvent(tx, orderFulfilled, occurrenceOf(order, change), {
      ...factsOf(order),
      fulfilmentId: id,
      lines: units.map((unit) => ({ ...unit, variantId: variantOf(lines, unit) })),
      carrier,
      trackingNumber,
      isComplete,
    });
    return null;
  });
}

function refusalOf({
  idempotencyKey,
  carrier,
  trackingNumber,
}: FulfilRequest): RefusalOf<'invalid-input'> | null {
  return (
    refusalOfText(carrier, longestText, 'input.carrier') ??
    refusalOfText(trackingNumber, longestText, 'input.trackingNumber') ??
    refusalOfText(idempotencyKey, longestKey, 'input.idempotencyKey')
  );
}

function leftOver(lines: readonly LineUnits[], units: readonly Units[]): number {
  const left = lines.reduce((sum, { quantity, fulfilled }) => sum + quantity - fulfilled, 0);
  return left - units.reduce((sum, { quantity }) => sum + quantity, 0);
}

function variantOf(lines: readonly LineUnits[], { lineId }: Units): string {
  return lines.find((line) => line.lineId === lineId)?.variantId ?? '';
}
