import type { ProviderAuthorizeRequest, Refusal } from '../payment-provider.ts';
import { invalidToken, refusals, type SandboxCard, sandboxCard } from './sandbox-cards.ts';
import type { SandboxCharge } from './sandbox-charge.entity.ts';
import type { SandboxRefund } from './sandbox-refund.entity.ts';

/** How long money stays on hold, as with real cards. */
const holdLastsMs = 7 * 24 * 3_600_000;

type Decision = Pick<SandboxCharge, 'state' | 'captured' | 'refusalCode' | 'refusalMessage'>;

/** What becomes of an authorisation; `card` is null for a token that is none. */
export function decide(
  { amount, capture }: Pick<ProviderAuthorizeRequest, 'amount' | 'capture'>,
  card: SandboxCard | null,
): Decision {
  const declined = ({ code, message }: Refusal): Decision => ({
    state: 'declined',
    captured: 0,
    refusalCode: code,
    refusalMessage: message,
  });
  if (card === null) return declined(invalidToken);
  if (typeof card.onAuthorize === 'object') return declined(card.onAuthorize);
  const none = { captured: 0, refusalCode: null, refusalMessage: null };
  if (card.onAuthorize === 'ask-buyer') return { ...none, state: 'action-required' };
  if (!capture) return { ...none, state: 'authorized' };
  return card.refusesCapture
    ? declined(refusals.captureFailed)
    : { ...none, state: 'captured', captured: amount };
}

/** What the buyer's answer on the confirmation page changes. */
export function confirm(
  { isCapturedAtOnce, amount }: SandboxCharge,
  isConfirmed: boolean,
  now: Date,
): Pick<SandboxCharge, 'state'> & Partial<SandboxCharge> {
  if (!isConfirmed) {
    const { code, message } = refusals.notConfirmed;
    return { state: 'declined', refusalCode: code, refusalMessage: message };
  }
  return isCapturedAtOnce
    ? { state: 'captured', captured: amount, authorizedAt: now }
    : { state: 'authorized', captured: 0, authorizedAt: now };
}

export function hasArrived({ arrivesAt }: SandboxCharge, now: Date): boolean {
  return !arrivesAt || arrivesAt.getTime() <= now.getTime();
}

export function hasExpired({ state, authorizedAt }: SandboxCharge, now: Date): boolean {
  if (state !== 'authorized' || !authorizedAt) return false;
  return authorizedAt.getTime() + holdLastsMs <= now.getTime();
}

/** Why a refund is refused; null when it is not. */
export function refuseRefund(
  charge: SandboxCharge,
  earlier: readonly SandboxRefund[],
  amount: number,
): Refusal | null {
  if (charge.state !== 'captured') return refusals.notCaptured;
  if (sandboxCard(charge.token)?.refusesRefund === true) return refusals.refundFailed;
  const refunded = earlier
    .filter(({ refusalCode }) => !refusalCode)
    .reduce((sum, refund) => sum + refund.amount, 0);
  return amount > charge.captured - refunded ? refusals.tooMuch : null;
}
