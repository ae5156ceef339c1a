import { readInteger, readTime, rowsOf } from '@stoa/database';
import { Payment } from '../payment/payment.entity.ts';
import { bringInLine } from '../reconciliation/bring-in-line.ts';
import type { PaymentsScope } from '../scope.ts';
import { takeDue } from '../take-due.ts';

const batchSize = 50;
/** For how long a pass has the events that it took. */
const takenForMs = 60_000;
const firstPauseMs = 1_000;
const longestPauseMs = 3_600_000;
/** An event whose payment does not turn up in this time is not about one of ours. */
const waitForPaymentMs = 24 * 3_600_000;

interface TakenEvent {
  readonly id: string;
  readonly provider: string;
  readonly type: string;
  readonly paymentId: string | null;
  readonly reference: string | null;
  readonly attempts: number;
  readonly receivedAt: Date;
}

/**
 * Applies what providers have told us, a batch at a time: each payment that is concerned is brought in line with its
 * provider once, however many events tell of it. What cannot be applied is tried again with growing delay.
 * @returns true when there may be more
 */
export async function applyWebhooks(scope: PaymentsScope): Promise<boolean> {
  const taken = await take(scope);
  const byPayment = new Map<string, TakenEvent[]>();
  const old: TakenEvent[] = [];
  const paymentOf = await findPayments(scope, taken);
  for (const event of taken) {
    const payment = await paymentOf(event);
    if (payment === null) await waitForPayment(scope, event);
    else if (isOldNews(scope, payment, event)) old.push(event);
    else byPayment.set(payment.id, [...(byPayment.get(payment.id) ?? []), event]);
  }
  if (old.length > 0) await end(scope, old, 'APPLIED');
  for (const [paymentId, events] of byPayment) {
    if (await apply(scope, paymentId)) await end(scope, events, 'APPLIED');
    else for (const event of events) await tryAgain(scope, event);
  }
  return taken.length === batchSize;
}

async function apply(scope: PaymentsScope, paymentId: string): Promise<boolean> {
  try {
    return (await bringInLine(scope, paymentId)) !== 'unknown';
  } catch (error) {
    scope.logger.error({ event: 'webhook.not-applied', paymentId, err: error });
    return false;
  }
}

async function take({ em, clock, newId }: PaymentsScope): Promise<TakenEvent[]> {
  const rows = await takeDue(em, {
    table: 'webhook_event',
    now: clock.now(),
    pass: newId(),
    takenForMs,
    limit: batchSize,
  });
  return rows.map((row) => ({
    id: row.id as string,
    provider: row.provider as string,
    type: row.type as string,
    paymentId: row.payment_id as string | null,
    reference: row.provider_reference as string | null,
    attempts: readInteger(row.attempts),
    receivedAt: readTime(row.received_at),
  }));
}

/** Finds the payment of the provider that an event is about; null when there is none, or none yet. */
async function findPayments(
  { em }: PaymentsScope,
  events: readonly TakenEvent[],
): Promise<(event: TakenEvent) => Promise<Payment | null>> {
  const rows = rowsOf(em);
  const ids = new Set(events.flatMap(({ paymentId }) => paymentId ?? []));
  const found = ids.size === 0 ? [] : await rows.find(Payment, { id: [...ids] });
  return async ({ provider, paymentId, reference }) => {
    const own = found.find((payment) => payment.id === paymentId && payment.provider === provider);
    if (own !== undefined) return own;
    if (reference === null) return null;
    return rows.findOne(Payment, { provider, providerReference: reference });
  };
}

/** The provider tells of the money that its own answer has told of already: it need not be asked. */
function isOldNews({ providers }: PaymentsScope, payment: Payment, { provider, type }: TakenEvent): boolean {
  return (
    type === providers.get(provider).capturedEvent &&
    payment.state === 'CAPTURED' &&
    payment.captured === payment.amount
  );
}

async function waitForPayment(scope: PaymentsScope, event: TakenEvent): Promise<void> {
  const ageMs = scope.clock.now().getTime() - event.receivedAt.getTime();
  await (ageMs < waitForPaymentMs ? tryAgain(scope, event) : end(scope, [event], 'IGNORED'));
}

async function end(
  { em }: PaymentsScope,
  events: readonly TakenEvent[],
  state: 'APPLIED' | 'IGNORED',
): Promise<void> {
  const ids = events.map(({ id }) => id);
  await rowsOf(em).run('update webhook_event set state = ?, claimed_by = null where id = any(?)', [
    state,
    ids,
  ]);
}

async function tryAgain({ em, clock }: PaymentsScope, { id, attempts }: TakenEvent): Promise<void> {
  const pauseMs = Math.min(firstPauseMs * 2 ** attempts, longestPauseMs);
  await rowsOf(em).run(
    'update webhook_event set claimed_by = null, attempts = ?, next_attempt_at = ? where id = ?',
    [attempts + 1, new Date(clock.now().getTime() + pauseMs), id],
  );
}
