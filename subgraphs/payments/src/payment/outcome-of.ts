import type { AuthorizationOutcome, ProviderCharge } from '../providers/payment-provider.ts';

/** What a charge says of its authorisation. */
export function outcomeOf(charge: ProviderCharge): AuthorizationOutcome {
  const { reference, method } = charge;
  switch (charge.state) {
    case 'authorized':
      return { status: 'approved', reference, method, isCaptured: false };
    case 'captured':
      return { status: 'approved', reference, method, isCaptured: true };
    case 'action-required':
      return { status: 'action-required', reference, method, url: charge.actionUrl ?? '' };
    case 'declined':
      return { status: 'declined', reference, method, ...(charge.refusal ?? unexplained) };
    case 'voided':
      return { status: 'declined', reference, method, ...cancelled };
  }
}

const unexplained = { code: 'declined', message: 'The payment was declined' };
const cancelled = { code: 'cancelled', message: 'The payment was cancelled before it was confirmed' };
