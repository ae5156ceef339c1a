import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@stoa/database';
import type {
  AuthorizationOutcome,
  CaptureOutcome,
  MovementOutcome,
  PaymentProvider,
  ProviderAuthorizeRequest,
  ProviderCharge,
  Refusal,
} from '../payment-provider.ts';
import type { ProviderEnvironment } from '../provider-environment.ts';
import { ProviderTimeout } from '../provider-timeout.ts';
import { answerOnce } from './answer-once.ts';
import { addConfirmationPage, confirmationPath } from './confirmation-page.ts';
import { cardDescription, refusals, type SandboxCard, sandboxCard } from './sandbox-cards.ts';
import { SandboxCharge } from './sandbox-charge.entity.ts';
import { SandboxRefund } from './sandbox-refund.entity.ts';

/** How long money stays on hold, as with real cards. */
const holdLastsMs = 7 * 24 * 3_600_000;

/**
 * A provider that moves no money and keeps its books in the payments' database, in tables that nothing else touches, as if
 * it were outside. How a payment goes is decided by the card token alone.
 */
export function createSandbox(environment: ProviderEnvironment): PaymentProvider {
  const { database, clock, newId, sandboxUrl } = environment;
  const actionUrl = (chargeId: string) => `${sandboxUrl}${confirmationPath(chargeId)}`;
  const hasExpired = ({ state, authorizedAt }: SandboxCharge) =>
    state === 'authorized' &&
    authorizedAt !== null &&
    authorizedAt !== undefined &&
    authorizedAt.getTime() + holdLastsMs <= clock.now().getTime();

  return {
    name: 'sandbox',

    async authorize(request) {
      const { idempotencyKey, paymentId, amount, currency, token, capture } = request;
      const card = sandboxCard(token);
      if (card?.answer === 'never-asked') throw new ProviderTimeout('The request was lost');
      const input = ['authorize', paymentId, amount, currency, token, capture];
      const { outcome, isRepeat } = await answerOnce(database, idempotencyKey, input, async (tx) => {
        const now = clock.now();
        const charge = tx.create(SandboxCharge, {
          ...decide(request, card),
          id: newId(),
          paymentId,
          token,
          amount,
          currency,
          isCapturedAtOnce: capture,
          createdAt: now,
          authorizedAt: now,
        });
        return outcomeOf(charge, actionUrl(charge.id));
      });
      if (card?.answer === 'lost' && !isRepeat) throw new ProviderTimeout('The answer was lost');
      return outcome;
    },

    async capture({ idempotencyKey, reference }) {
      const work = async (tx: EntityManager): Promise<CaptureOutcome> => {
        const charge = await lock(tx, reference);
        if (charge.state === 'captured')
          return { status: 'declined', isHoldLost: false, ...refusals.alreadyCaptured };
        if (charge.state !== 'authorized' || hasExpired(charge)) {
          return { status: 'declined', isHoldLost: true, ...refusals.holdExpired };
        }
        if (sandboxCard(charge.token)?.refusesCapture === true) {
          return { status: 'declined', isHoldLost: false, ...refusals.captureFailed };
        }
        charge.state = 'captured';
        charge.captured = charge.amount;
        return { status: 'approved', reference };
      };
      return (await answerOnce(database, idempotencyKey, ['capture', reference], work)).outcome;
    },

    async void({ idempotencyKey, reference }) {
      const work = async (tx: EntityManager): Promise<MovementOutcome> => {
        const charge = await lock(tx, reference);
        if (charge.state === 'captured') return { status: 'declined', ...refusals.alreadyCaptured };
        charge.state = 'voided';
        return { status: 'approved', reference };
      };
      return (await answerOnce(database, idempotencyKey, ['void', reference], work)).outcome;
    },

    async refund({ idempotencyKey, reference, amount }) {
      const work = async (tx: EntityManager): Promise<MovementOutcome> => {
        const charge = await lock(tx, reference);
        const refusal = refuseRefund(charge, await tx.find(SandboxRefund, { chargeId: reference }), amount);
        const refund = tx.create(SandboxRefund, {
          id: newId(),
          chargeId: reference,
          idempotencyKey,
          amount,
          createdAt: clock.now(),
          refusalCode: refusal?.code ?? null,
          refusalMessage: refusal?.message ?? null,
        });
        return refusal === null
          ? { status: 'approved', reference: refund.id }
          : { status: 'declined', ...refusal };
      };
      return (await answerOnce(database, idempotencyKey, ['refund', reference, amount], work)).outcome;
    },

    async retrieve({ paymentId }) {
      const em = database.em.fork();
      const charge = await em.findOne(SandboxCharge, { paymentId });
      if (charge === null) return null;
      const refunds = await em.find(SandboxRefund, { chargeId: charge.id }, { orderBy: { id: 'asc' } });
      return {
        reference: charge.id,
        state: hasExpired(charge) ? 'voided' : charge.state,
        method: methodOf(charge),
        actionUrl: charge.state === 'action-required' ? actionUrl(charge.id) : null,
        refusal: refusalIn(charge),
        captured: charge.captured,
        refunds: refunds.map((refund) => ({
          idempotencyKey: refund.idempotencyKey,
          reference: refund.id,
          amount: refund.amount,
          refusal: refusalIn(refund),
        })),
      };
    },

    addRoutes(server, onChange) {
      addConfirmationPage(server, {
        find: (chargeId) => database.em.fork().findOne(SandboxCharge, chargeId),
        answer: (chargeId, isConfirmed) =>
          database.em.fork().transactional(async (tx) => {
            const charge = await lock(tx, chargeId);
            if (charge.state === 'action-required') confirm(charge, isConfirmed, clock.now());
          }),
        onChange,
      });
    },
  };
}

type Decision = Pick<SandboxCharge, 'state' | 'captured' | 'refusalCode' | 'refusalMessage'>;

function decide({ amount, capture }: ProviderAuthorizeRequest, card: SandboxCard | null): Decision {
  const declined = ({ code, message }: Refusal): Decision => ({
    state: 'declined',
    captured: 0,
    refusalCode: code,
    refusalMessage: message,
  });
  if (card === null) return declined(refusals.invalidToken);
  if (card.onAuthorize === 'decline') return declined(refusals.cardDeclined);
  const none = { captured: 0, refusalCode: null, refusalMessage: null };
  if (card.onAuthorize === 'ask-buyer') return { ...none, state: 'action-required' };
  if (!capture) return { ...none, state: 'authorized' };
  return card.refusesCapture
    ? declined(refusals.captureFailed)
    : { ...none, state: 'captured', captured: amount };
}

function confirm(charge: SandboxCharge, isConfirmed: boolean, now: Date): void {
  if (!isConfirmed) {
    charge.state = 'declined';
    charge.refusalCode = refusals.notConfirmed.code;
    charge.refusalMessage = refusals.notConfirmed.message;
    return;
  }
  charge.state = charge.isCapturedAtOnce ? 'captured' : 'authorized';
  charge.captured = charge.isCapturedAtOnce ? charge.amount : 0;
  charge.authorizedAt = now;
}

function outcomeOf(charge: SandboxCharge, url: string): AuthorizationOutcome {
  const reference = charge.id;
  const method = methodOf(charge);
  const refusal = refusalIn(charge);
  if (refusal !== null) return { status: 'declined', reference, method, ...refusal };
  if (charge.state === 'action-required') return { status: 'action-required', reference, method, url };
  return { status: 'approved', reference, method, isCaptured: charge.state === 'captured' };
}

function refuseRefund(
  charge: SandboxCharge,
  refunds: readonly SandboxRefund[],
  amount: number,
): Refusal | null {
  if (charge.state !== 'captured') return refusals.notCaptured;
  if (sandboxCard(charge.token)?.refusesRefund === true) return refusals.refundFailed;
  const refunded = refunds
    .filter((refund) => refusalIn(refund) === null)
    .reduce((sum, refund) => sum + refund.amount, 0);
  return amount > charge.captured - refunded ? refusals.tooMuch : null;
}

function refusalIn({
  refusalCode,
  refusalMessage,
}: Pick<SandboxCharge, 'refusalCode' | 'refusalMessage'>): ProviderCharge['refusal'] {
  return refusalCode ? { code: refusalCode, message: refusalMessage ?? '' } : null;
}

function methodOf({ token }: SandboxCharge): string | null {
  return sandboxCard(token) === null ? null : cardDescription;
}

function lock(tx: EntityManager, chargeId: string): Promise<SandboxCharge> {
  return tx.findOneOrFail(SandboxCharge, chargeId, { lockMode: LockMode.PESSIMISTIC_WRITE });
}
