import { type EntityManager, rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { Payment } from './payment.entity.ts';

/** A payment as the database has it now; null when there is none. */
export function findPayment(em: EntityManager, id: string): Promise<Payment | null> {
  return rowsOf(em).findOne(Payment, { id });
}

/** @throws {Failure} not-found PAYMENT_NOT_FOUND */
export async function readPayment(em: EntityManager, id: string): Promise<Payment> {
  return (await findPayment(em, id)) ?? missing(id);
}

/**
 * Keeps others from changing a payment until the transaction ends.
 * @throws {Failure} not-found PAYMENT_NOT_FOUND
 */
export async function lockPayment(tx: EntityManager, id: string): Promise<Payment> {
  return (await rowsOf(tx).findOne(Payment, { id }, { lock: true })) ?? missing(id);
}

function missing(id: string): never {
  throw new Failure('not-found', `There is no payment ${id}`, { code: 'PAYMENT_NOT_FOUND' });
}
