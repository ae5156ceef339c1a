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

/** For example S-2026-000123. The count goes on over the years, and beyond six digits. */
export function orderNumber(sequence: number, at: Date): string {
  return `S-${at.getUTCFullYear()}-${String(sequence).padStart(digits, '0')}`;
}
