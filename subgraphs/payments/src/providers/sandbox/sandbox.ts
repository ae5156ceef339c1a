import { type EntityManager, inTransaction, rowsOf } from '@stoa/database';
import type { CaptureOutcome, MovementOutcome, PaymentProvider } from '../payment-provider.ts';
import type { ProviderEnvironment } from '../provider-environment.ts';
import { ProviderTimeout } from '../provider-timeout.ts';
import { answerOnce } from './answer-once.ts';
import { confirm, decide, hasArrived, hasExpired, refuseRefund } from './charge-rules.ts';
import { outcomeOf, providerChargeOf } from './charge-view.ts';
import { addConfirmationPage, confirmationPath } from './confirmation-page.ts';
import { refusals, sandboxCard } from './sandbox-cards.ts';
import { SandboxCharge } from './sandbox-charge.entity.ts';
import { readSandboxWebhook, type SandboxEventType } from './sandbox-event.ts';
import { SandboxRefund } from './sandbox-refund.entity.ts';
import { createWebhookSender, sandboxWebhookSecret } from './webhook-sender.ts';

/** By how much a request that arrives late does so. */
const lateByMs = 5_000;

const eventOfState = {
  'action-required': 'payment.action_required',
  authorized: 'payment.authorized',
  captured: 'payment.captured',
  declined: 'payment.declined',
  voided: 'payment.voided',
} as const satisfies Record<SandboxCharge['state'], SandboxEventType>;

/**
 * A provider that moves no money and keeps its books in the payments' database, in tables that nothing else touches, as if
 * it were outside. How a payment goes is decided by the card token alone.
 */
export function createSandbox(environment: ProviderEnvironment): PaymentProvider {
  const { database, clock, newId, settings, ownAddress } = environment;
  const sender = createWebhookSender(environment);
  const secret = sandboxWebhookSecret(environment.contextSecret);
  const actionUrl = (chargeId: string) => {
    const base = settings.PAYMENT_SANDBOX_URL ?? ownAddress.current() ?? 'http://localhost:4000';
    return `${base.replace(/\/+$/, '')}${confirmationPath(chargeId)}`;
  };
  const announce = (tx: EntityManager, charge: SandboxCharge, type: SandboxEventType) =>
    sender.announce(
      tx,
      { type, paymentId: charge.paymentId, chargeId: charge.id },
      charge.arrivesAt ?? undefined,
    );

  /** One operation on a charge, once an idempotency key. A card may lose the first answer. */
  const operate = async <Outcome extends CaptureOutcome | MovementOutcome>(
    kind: 'capture' | 'void' | 'refund',
    { idempotencyKey, reference }: { idempotencyKey: string; reference: string },
    input: readonly (string | number)[],
    work: (tx: EntityManager, charge: SandboxCharge) => Promise<Outcome>,
  ): Promise<Outcome> => {
    let token = '';
    const { outcome, isRepeat } = await answerOnce(
      database,
      idempotencyKey,
      [kind, reference, ...input],
      async (tx) => {
        const charge = await lock(tx, reference);
        token = charge.token;
        return work(tx, charge);
      },
    );
    sender.nudge();
    if (!isRepeat && sandboxCard(token)?.losesAnswerOf.includes(kind) === true) {
      throw new ProviderTimeout('The answer was lost');
    }
    return outcome;
  };

  return {
    name: 'sandbox',

    async authorize(request) {
      const { idempotencyKey, paymentId, amount, currency, token, capture } = request;
      const card = sandboxCard(token);
      if (card?.answer === 'never-asked') throw new ProviderTimeout('The request was lost');
      const input = ['authorize', paymentId, amount, currency, token, capture];
      let webhookId: string | null = null;
      const { outcome, isRepeat } = await answerOnce(database, idempotencyKey, input, async (tx) => {
        const now = clock.now();
        const isLate = card?.answer === 'late';
        const charge: SandboxCharge = {
          ...decide(request, card),
          id: newId(),
          paymentId,
          token,
          amount,
          currency,
          isCapturedAtOnce: capture,
          createdAt: now,
          authorizedAt: now,
          arrivesAt: isLate ? new Date(now.getTime() + lateByMs) : null,
        };
        await rowsOf(tx).insert(SandboxCharge, charge);
        webhookId = await announce(tx, charge, eventOfState[charge.state]);
        return outcomeOf(charge, actionUrl(charge.id));
      });
      if (card?.answer === 'after-webhook' && webhookId !== null) await sender.deliver(webhookId);
      sender.nudge();
      if (card?.answer === 'lost' && !isRepeat) throw new ProviderTimeout('The answer was lost');
      if (card?.answer === 'late' && !(await isThere(paymentId))) {
        throw new ProviderTimeout('The request is on its way');
      }
      return outcome;
    },

    capture: (request) =>
      operate('capture', request, [], async (tx, charge): Promise<CaptureOutcome> => {
        if (charge.state === 'captured')
          return { status: 'declined', isHoldLost: false, ...refusals.alreadyCaptured };
        if (charge.state !== 'authorized' || hasExpired(charge, clock.now())) {
          return { status: 'declined', isHoldLost: true, ...refusals.holdExpired };
        }
        if (sandboxCard(charge.token)?.refusesCapture === true) {
          await announce(tx, charge, 'payment.capture_failed');
          return { status: 'declined', isHoldLost: false, ...refusals.captureFailed };
        }
        await edit(tx, charge, { state: 'captured', captured: charge.amount });
        await announce(tx, charge, 'payment.captured');
        return { status: 'approved', reference: charge.id };
      }),

    void: (request) =>
      operate('void', request, [], async (tx, charge): Promise<MovementOutcome> => {
        if (charge.state === 'captured') return { status: 'declined', ...refusals.alreadyCaptured };
        if (charge.state !== 'voided') await announce(tx, charge, 'payment.voided');
        await edit(tx, charge, { state: 'voided' });
        return { status: 'approved', reference: charge.id };
      }),

    refund: (request) =>
      operate('refund', request, [request.amount], async (tx, charge): Promise<MovementOutcome> => {
        const { idempotencyKey, amount } = request;
        const earlier = await rowsOf(tx).find(SandboxRefund, { chargeId: charge.id });
        const refusal = refuseRefund(charge, earlier, amount);
        const id = newId();
        await rowsOf(tx).insert(SandboxRefund, {
          id,
          chargeId: charge.id,
          idempotencyKey,
          amount,
          createdAt: clock.now(),
          refusalCode: refusal?.code ?? null,
          refusalMessage: refusal?.message ?? null,
        });
        await announce(tx, charge, refusal === null ? 'refund.succeeded' : 'refund.failed');
        return refusal === null ? { status: 'approved', reference: id } : { status: 'declined', ...refusal };
      }),

    async retrieve({ paymentId }) {
      const rows = rowsOf(database.em);
      const charge = await rows.findOne(SandboxCharge, { paymentId });
      if (charge === null || !hasArrived(charge, clock.now())) return null;
      const refunds = await rows.find(SandboxRefund, { chargeId: charge.id }, { orderBy: { id: 'asc' } });
      return providerChargeOf(charge, refunds, actionUrl(charge.id), clock.now());
    },

    capturedEvent: eventOfState.captured,

    readWebhook: (webhook) => readSandboxWebhook(secret, webhook, clock.now()),

    addRoutes(server, onChange) {
      addConfirmationPage(server, {
        find: (chargeId) => rowsOf(database.em).findOne(SandboxCharge, { id: chargeId }),
        async answer(chargeId, isConfirmed) {
          await inTransaction(database.em, async (tx) => {
            const charge = await lock(tx, chargeId);
            if (charge.state !== 'action-required') return;
            const changes = confirm(charge, isConfirmed, clock.now());
            await edit(tx, charge, changes);
            await announce(tx, charge, eventOfState[changes.state]);
          });
          sender.nudge();
        },
        onChange,
      });
    },

    work: () => sender.pass(),
  };

  async function isThere(paymentId: string): Promise<boolean> {
    const charge = await rowsOf(database.em).findOne(SandboxCharge, { paymentId });
    return charge !== null && hasArrived(charge, clock.now());
  }
}

async function lock(tx: EntityManager, chargeId: string): Promise<SandboxCharge> {
  const charge = await rowsOf(tx).findOne(SandboxCharge, { id: chargeId }, { lock: true });
  if (charge === null) throw new Error(`Expected the charge ${chargeId} of the sandbox`);
  return charge;
}

async function edit(
  tx: EntityManager,
  { id }: SandboxCharge,
  changes: Partial<SandboxCharge>,
): Promise<void> {
  await rowsOf(tx).update(SandboxCharge, { id }, changes);
}
