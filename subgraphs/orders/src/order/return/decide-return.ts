import { isId } from '@stoa/clock';
import { type EntityManager, rowsOf } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import { readCheckout } from '../../checkout/read-checkout.ts';
import type { Context } from '../../context.ts';
import { orderReturned } from '../../events.ts';
import type { RefusalOf } from '../../refusal.ts';
import { longestReason, refusalOfText } from '../../refusal-of-text.ts';
import { type Command, changeOrder } from '../change-order.ts';
import { moveOrStay, type OrderChange } from '../move-order.ts';
import type { Order } from '../order.entity.ts';
import { factsOf, occurrenceOf } from '../order-facts.ts';
import type { OrderRecord } from '../order-record.ts';
import { shareOfLine } from '../share-of-line.ts';
import { addTask } from '../task/add-task.ts';
import { type LineUnits, unitsOfOrder } from '../units-of-order.ts';
import { OrderReturn } from './order-return.entity.ts';
import { returnStates } from './return-state.ts';

export type DecideReturnRefusal = RefusalOf<
  'order-not-found' | 'return-not-found' | 'return-state' | 'invalid-input'
>;

/**
 * Records that a return has arrived: its share of the price goes back and, unless it cannot be sold again, its units go back
 * into stock. Doing it again changes nothing.
 */
export async function receiveReturn(
  context: Context,
  { returnId, restock }: { readonly returnId: string; readonly restock: boolean },
): Promise<OrderRecord | DecideReturnRefusal> {
  return decide(context, returnId, 'RECEIVED', async (tx, order, change, found) => {
    const lines = await unitsOfOrder(tx, order.id);
    const back = found.lines.map(({ lineId, quantity }) => {
      const line = lines.find((one) => one.lineId === lineId);
      if (line === undefined) throw new Error(`Expected the line ${lineId} of the order ${order.id}`);
      return { line, quantity };
    });
    const refund = back
      .map(({ line, quantity }) => shareOfLine(line, line.returned, quantity))
      .reduce((sum, share) => sum + share, 0);
    await giveBack(tx, order, change, { refund, back, restock });
    await finishReturn(tx, order, change, lines, { ...found, refund });
    return { refund };
  });
}

/** Records that a return is not accepted: nothing goes back. Doing it again changes nothing. */
export async function rejectReturn(
  context: Context,
  { returnId, reason }: { readonly returnId: string; readonly reason: string },
): Promise<OrderRecord | DecideReturnRefusal> {
  const invalid = refusalOfText(reason, longestReason, 'input.reason');
  if (invalid !== null) return invalid;
  return decide(context, returnId, 'REJECTED', async (tx, order, change) => {
    await moveOrStay(tx, order, order.state, {
      ...change,
      reason: `A return was rejected: ${reason}`.slice(0, 255),
    });
    return { decision: reason };
  });
}

/** Gives what it changes of the return. */
type Decision = (
  tx: EntityManager,
  order: Order,
  change: OrderChange,
  found: OrderReturn,
) => Promise<Partial<OrderReturn>>;

async function decide(
  context: Context,
  returnId: string,
  to: 'RECEIVED' | 'REJECTED',
  decision: Decision,
): Promise<OrderRecord | DecideReturnRefusal> {
  const known = isId(returnId) ? await rowsOf(context.em).findOne(OrderReturn, { id: returnId }) : null;
  if (known === null) return { refused: 'return-not-found', returnId };
  const command: Command<RefusalOf<'return-state'>> = async (tx, order, change) => {
    const found = await rowsOf(tx).findOne(OrderReturn, { id: returnId });
    if (found === null) throw new Error(`Expected the return ${returnId}`);
    if (found.state === to) return null;
    if (!returnStates.canMove(found.state, to))
      return { refused: 'return-state', returnId, state: found.state };
    // Before its own state is changed, so that what came back earlier is what the others brought.
    const changes = await decision(tx, order, change, found);
    await rowsOf(tx).change(OrderReturn, found, { ...changes, state: to, updatedAt: change.now });
    return null;
  };
  return changeOrder(context, known.orderId, command);
}

async function giveBack(
  tx: EntityManager,
  order: Order,
  change: OrderChange,
  {
    refund,
    back,
    restock,
  }: {
    readonly refund: number;
    readonly back: readonly { readonly line: LineUnits; readonly quantity: number }[];
    readonly restock: boolean;
  },
): Promise<void> {
  const { paymentId, reservationId } = await readCheckout({ em: tx }, order.checkoutId);
  if (paymentId && refund > 0)
    await addTask(tx, order.id, { kind: 'REFUND', paymentId, amount: refund, reason: 'Returned' }, change);
  const lines = back.map(({ line, quantity }) => ({ variantId: line.variantId, quantity }));
  if (restock && reservationId)
    await addTask(tx, order.id, { kind: 'RETURN_STOCK', reservationId, lines }, change);
}

async function finishReturn(
  tx: EntityManager,
  order: Order,
  change: OrderChange,
  lines: readonly LineUnits[],
  found: OrderReturn,
): Promise<void> {
  const units = found.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const left = lines.reduce((sum, { quantity, returned }) => sum + quantity - returned, 0) - units;
  const to = left === 0 ? 'RETURNED' : 'PARTIALLY_RETURNED';
  await moveOrStay(tx, order, to, change);
  recordEvent(tx, orderReturned, occurrenceOf(order, change), {
    ...factsOf(order),
    returnId: found.id,
    lines: [...found.lines],
    refund: found.refund ?? 0,
    isComplete: left === 0,
  });
}
