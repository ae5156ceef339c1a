import type { AuthorizationOutcome, ProviderCharge } from '../payment-provider.ts';
import { hasExpired } from './charge-rules.ts';
import { cardDescription, sandboxCard } from './sandbox-cards.ts';
import type { SandboxCharge } from './sandbox-charge.entity.ts';
import type { SandboxRefund } from './sandbox-refund.entity.ts';

/** What the answer to an authorisation says. */
export function outcomeOf(charge: SandboxCharge, url: string): AuthorizationOutcome {
  const reference = charge.id;
  const method = methodOf(charge);
  const refusal = refusalIn(charge);
  if (refusal !== null) return { status: 'declined', reference, method, ...refusal };
  if (charge.state === 'action-required') return { status: 'action-required', reference, method, url };
  return { status: 'approved', reference, method, isCaptured: charge.state === 'captured' };
}

/** A charge as the shop sees it when it asks. */
export function providerChargeOf(
  charge: SandboxCharge,
  refunds: readonly SandboxRefund[],
  url: string,
  now: Date,
): ProviderCharge {
  return {
    reference: charge.id,
    state: hasExpired(charge, now) ? 'voided' : charge.state,
    method: methodOf(charge),
    actionUrl: charge.state === 'action-required' ? url : null,
    refusal: refusalIn(charge),
    amount: charge.amount,
    captured: charge.captured,
    refunds: refunds.map((refund) => ({
      idempotencyKey: refund.idempotencyKey,
      reference: refund.id,
      amount: refund.amount,
      refusal: refusalIn(refund),
    })),
  };
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
