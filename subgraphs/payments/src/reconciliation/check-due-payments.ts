import { type EntityManager, rowsOf } from '@stoa/database';
import { claim } from '../claim.ts';
import { LedgerEntry } from '../ledger/ledger-entry.entity.ts';
import { sumLedger } from '../ledger/ledger-sums.ts';
import { PaymentOperation } from '../operation/payment-operation.entity.ts';
import { readPayment } from '../payment/find-payment.ts';
import { lostOnTheWay } from '../payment/lost-on-the-way.ts';
import { outcomeOf } from '../payment/outcome-of.ts';
import type { Payment } from '../payment/payment.entity.ts';
import { hasEnded } from '../payment/payment-state.ts';
import { conclude } from '../payment/settle-payment.ts';
import { closeAndRetrieve } from '../providers/close-and-retrieve.ts';
import { ProviderTimeout } from '../providers/provider-timeout.ts';
import type { PaymentsScope } from '../scope.ts';
import { bringInLine } from './bring-in-line.ts';
import { afterPause, nextCheck } from './next-check.ts';

const batchSize = 20;
/** For how long a pass has a payment that it took; longer than the provider takes to answer. */
const takenForMs = 60_000;

/**
 * Asks the providers about payments that are due (next-check.ts), a batch at a time. Several processes may do this at
 * once: each payment is taken by one of them.
 * @returns true when there may be more
 */
export async function checkDuePayments(scope: PaymentsScope): Promise<boolean> {
  const now = scope.clock.now();
  const due = await rowsOf(scope.em).all(
    'select id from payment where next_check_at <= ? order by next_check_at, id limit ?',
    [now, batchSize],
  );
  for (const id of due.map((row) => String(row['id'])))
    if (await take(scope, id, now)) await check(scope, id);
  return due.length === batchSize;
}

async function take({ em }: PaymentsScope, id: string, now: Date): Promise<boolean> {
  const until = new Date(now.getTime() + takenForMs);
  const taken = 'update payment set next_check_at = ? where id = ? and next_check_at <= ?';
  return (await rowsOf(em).run(taken, [until, id, now])) === 1;
}

async function check(scope: PaymentsScope, id: string): Promise<void> {
  let isAnswered = false;
  try {
    const found = await bringInLine(scope, id);
    if (found === 'nothing-there') await giveUpWhenLost(scope, id);
    isAnswered = found !== 'unknown';
  } catch (error) {
    scope.logger.error({ event: 'payment.check-failed', paymentId: id, err: error });
  }
  await reschedule(scope, id, isAnswered);
}

/**
 * A payment whose provider was never asked, since whoever began it is gone: it can come to nothing now. Not while somebody
 * is at work on it.
 */
async function giveUpWhenLost(scope: PaymentsScope, id: string): Promise<void> {
  if (!(await claim(scope, 'payment', id, ['CREATED']))) return;
  const payment = await readPayment(scope.em, id);
  await conclude(scope, payment, async ({ providerReference }, provider) => {
    try {
      const charge = await closeAndRetrieve(provider, {
        paymentId: id,
        reference: providerReference ?? null,
      });
      return charge === null ? lostOnTheWay : outcomeOf(charge);
    } catch (error) {
      if (error instanceof ProviderTimeout) return null;
      throw error;
    }
  });
}

/** What the provider has not answered to is asked again, however old the payment is. */
async function reschedule(scope: PaymentsScope, id: string, isAnswered: boolean): Promise<void> {
  const { em, clock, settings } = scope;
  const now = clock.now();
  const payment = await readPayment(em, id);
  const ageMs = now.getTime() - payment.createdAt.getTime();
  const next =
    !isAnswered || (await isUnderWay(em, payment))
      ? afterPause(now, ageMs, settings.PAYMENT_RECONCILE_AFTER_SECONDS * 1000)
      : nextCheck(payment, now, settings);
  await rowsOf(em).run('update payment set next_check_at = ? where id = ?', [next, id]);
}

/** What the payment's own row does not tell: an operation without an outcome, or a hold that came after it had ended. */
async function isUnderWay(em: EntityManager, { id, state, captured }: Payment): Promise<boolean> {
  const rows = rowsOf(em);
  if ((await rows.findOne(PaymentOperation, { paymentId: id, state: 'PENDING' })) !== null) return true;
  if (!hasEnded(state) || captured > 0) return false;
  return sumLedger(await rows.find(LedgerEntry, { paymentId: id })).held > 0;
}
