import { PaymentState } from '@stoa/payments/rpc';
import { type OrderState, orderStates } from '../../src/order/order-state.ts';
import { shareOfLine } from '../../src/order/share-of-line.ts';
import { type OrderSeen, pricePerUnit, type Stage, unitsOrdered } from './stage.ts';

const total = unitsOrdered * pricePerUnit;
const taken: readonly PaymentState[] = [
  PaymentState.CAPTURED,
  PaymentState.PARTIALLY_REFUNDED,
  PaymentState.REFUNDED,
];

/** What must hold at any moment, whatever is still under way: a sentence for each thing that does not. */
export async function violationsNow(stage: Stage): Promise<readonly string[]> {
  const order = await stage.order();
  const { onHand, reserved } = stage.world.shop.variant(stage.shirt);
  const found = [
    ...(onHand < 0 || reserved < 0 || reserved > onHand
      ? [`${onHand} are on hand, ${reserved} reserved`]
      : []),
    ...(onHand > unitsOrdered ? [`${onHand} are on hand of the ${unitsOrdered} there were`] : []),
  ];
  if (order === null) return found;
  const payments = stage.world.shop.paymentsOf(order.id);
  const [line] = order.lines;
  return [
    ...found,
    ...(payments.filter(({ state }) => taken.includes(state)).length > 1 ? ['Money was taken twice'] : []),
    ...payments
      .filter(({ refunded, amount }) => refunded > amount)
      .map(() => 'More went back than was taken'),
    ...(line.fulfilledQuantity > line.quantity || line.returnedQuantity > line.fulfilledQuantity
      ? [`${line.fulfilledQuantity} of ${line.quantity} were sent, ${line.returnedQuantity} came back`]
      : []),
    ...ofHistory(order),
  ];
}

function* ofHistory({ history, state }: OrderSeen): Generator<string> {
  let before: OrderState | null = null;
  for (const { from, to } of history) {
    if (from !== before) yield `The history goes on from ${from} where it had come to ${before}`;
    if (from !== null && from !== to && !orderStates.canMove(from, to))
      yield `The order went from ${from} to ${to}`;
    before = to;
  }
  if (before !== state) yield `The order is ${state}, and its history says ${before}`;
}

/** What must hold once nothing is under way any more. */
export async function violationsAtRest(stage: Stage): Promise<readonly string[]> {
  const { shop } = stage.world;
  const order = await stage.order();
  const { onHand, reserved } = shop.variant(stage.shirt);
  const payments = order === null ? [] : shop.paymentsOf(order.id);
  const money = payments.filter(({ state }) => taken.includes(state));
  const net = money.reduce((sum, { amount, refunded }) => sum + Number(amount - refunded), 0);
  const isRefundable = money.every(({ token }) => token !== 'tok_refund_fails');
  const expected = expectation(order);
  // A task may fail for good when the card takes no refunds, or when staff gave back too much before.
  const failed = (order?.tasks ?? []).filter(({ state }) => state === 'FAILED');
  const owed = expected.net - stage.refundedByStaff();
  return [
    ...(reserved === 0 ? [] : [`${reserved} are still reserved`]),
    ...(onHand < expected.least || onHand > expected.most
      ? [`${onHand} are on hand, where ${expected.least} to ${expected.most} must be (${order?.state})`]
      : []),
    ...(failed.length === 0 || !isRefundable || stage.refundedByStaff() > 0 ? [] : ['A task has failed']),
    ...(order?.tasks ?? [])
      .filter(({ state }) => state === 'PENDING')
      .map(({ kind }) => `${kind} is still to be done`),
    ...(failed.length > 0 || net === Math.max(0, owed)
      ? []
      : [
          `${net} was taken where ${owed} must be: ${order?.state}, ${stage.refundedByStaff()} given back by staff`,
        ]),
    ...(order?.state === 'PENDING_PAYMENT' ? ['The order still waits for its payment'] : []),
  ];
}

/** What is the shop's to keep, and how many units must be left, by how far the order has come. */
function expectation(order: OrderSeen | null): { net: number; least: number; most: number } {
  const nothing = { net: 0, least: unitsOrdered, most: unitsOrdered };
  if (order === null) return nothing;
  const wasPaid = order.history.some(({ to }) => to === 'PAID');
  if (!wasPaid) return nothing;
  const [{ fulfilledQuantity, returnedQuantity }] = order.lines;
  const line = { total, quantity: unitsOrdered };
  if (order.state === 'CANCELLED')
    return {
      net: shareOfLine(line, 0, fulfilledQuantity),
      least: unitsOrdered - fulfilledQuantity,
      most: unitsOrdered - fulfilledQuantity,
    };
  // Units that came back may be fit to be sold again, or not.
  return { net: total - shareOfLine(line, 0, returnedQuantity), least: 0, most: returnedQuantity };
}
