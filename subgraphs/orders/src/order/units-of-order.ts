import { type EntityManager, rowsOf } from '@stoa/database';
import { OrderFulfilment, type Units } from './fulfilment/order-fulfilment.entity.ts';
import { OrderLine } from './order.entity.ts';
import { OrderReturn } from './return/order-return.entity.ts';
import type { ReturnState } from './return/return-state.ts';

/** How far each unit of a line has come. */
export interface LineUnits {
  readonly lineId: string;
  readonly variantId: string;
  readonly quantity: number;
  /** What the whole line costs, with tax, in minor units. */
  readonly total: number;
  readonly fulfilled: number;
  /** Came back. */
  readonly returned: number;
  /** On their way back, as far as anybody knows. */
  readonly returning: number;
}

/** Reads the lines of an order with how far their units have come, in the transaction that holds the order. */
export async function unitsOfOrder(tx: EntityManager, orderId: string): Promise<readonly LineUnits[]> {
  const rows = rowsOf(tx);
  const lines = await rows.find(OrderLine, { order: orderId }, { orderBy: { id: 'asc' } });
  const fulfilments = await rows.find(OrderFulfilment, { orderId });
  const returns = await rows.find(OrderReturn, { orderId });
  const inState = (state: ReturnState) => returns.filter((one) => one.state === state);
  return lines.map(({ id, variantId, quantity, totalGross }) => ({
    lineId: id,
    variantId,
    quantity,
    total: totalGross,
    fulfilled: unitsOf(id, fulfilments),
    returned: unitsOf(id, inState('RECEIVED')),
    returning: unitsOf(id, inState('REQUESTED')),
  }));
}

/** How many units of a line these parts hold. */
export function unitsOf(lineId: string, parts: readonly { readonly lines: readonly Units[] }[]): number {
  return parts
    .flatMap(({ lines }) => lines)
    .filter((line) => line.lineId === lineId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}
