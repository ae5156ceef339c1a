import { type EntityManager, readInteger, rowsOf } from '@stoa/database';

const digits = 6;

/**
 * Draws the next number for an order. Two instances never draw the same; a number whose order is not written after
 * all is left out.
 * @param at the year that the number tells
 */
export async function drawOrderNumber(tx: EntityManager, orderId: string, at: Date): Promise<string> {
  const [drawn] = await rowsOf(tx).all('insert into order_number (order_id) values (?) returning id', [
    orderId,
  ]);
  return orderNumber(readInteger(drawn?.['id']), at);
}

/** Draws one as above for the order of a cart that has no unpaid one; null when it has. */
export async function drawUnlessUnpaid(
  tx: EntityManager,
  { orderId, cartId }: { readonly orderId: string; readonly cartId: string },
  at: Date,
): Promise<string | null> {
  const [drawn] = await rowsOf(tx).all(
    `insert into order_number (order_id)
     select ? where not exists (select 1 from orders where cart_id = ? and state = 'PAYMENT_FAILED') returning id`,
    [orderId, cartId],
  );
  return drawn === undefined ? null : orderNumber(readInteger(drawn['id']), at);
}

/** For example S-2026-000123. The count goes on over the years, and beyond six digits. */
export function orderNumber(sequence: number, at: Date): string {
  return `S-${at.getUTCFullYear()}-${String(sequence).padStart(digits, '0')}`;
}
