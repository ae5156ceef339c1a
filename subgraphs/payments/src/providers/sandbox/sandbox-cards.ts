import type { Refusal } from '../payment-provider.ts';

/** How a card of the sandbox behaves. */
export interface SandboxCard {
  readonly onAuthorize: 'approve' | 'decline' | 'ask-buyer';
  /** `lost`: it happens, and the first answer never arrives. `never-asked`: the request does not arrive either. */
  readonly answer: 'arrives' | 'lost' | 'never-asked';
  readonly refusesCapture: boolean;
  readonly refusesRefund: boolean;
}

const approving: SandboxCard = {
  onAuthorize: 'approve',
  answer: 'arrives',
  refusesCapture: false,
  refusesRefund: false,
};

/** The card tokens, which are all that the sandbox goes by. */
const sandboxCards: ReadonlyMap<string, SandboxCard> = new Map([
  ['tok_approve', approving],
  ['tok_decline', { ...approving, onAuthorize: 'decline' }],
  ['tok_action', { ...approving, onAuthorize: 'ask-buyer' }],
  ['tok_timeout_charged', { ...approving, answer: 'lost' }],
  ['tok_timeout_not_charged', { ...approving, answer: 'never-asked' }],
  // Authorises, and cannot be captured: a payment that is captured at once is declined as a whole.
  ['tok_capture_fails', { ...approving, refusesCapture: true }],
  ['tok_refund_fails', { ...approving, refusesRefund: true }],
]);

export const cardDescription = 'Sandbox card ending in 4242';

/** Null for a token that is none. */
export function sandboxCard(token: string): SandboxCard | null {
  return sandboxCards.get(token) ?? null;
}

export const refusals = {
  cardDeclined: { code: 'card_declined', message: 'The card was declined' },
  invalidToken: {
    code: 'invalid_token',
    message: `This is no card of the sandbox: expected one of ${[...sandboxCards.keys()].join(', ')}`,
  },
  notConfirmed: { code: 'authentication_failed', message: 'The payment was not confirmed' },
  captureFailed: { code: 'capture_failed', message: 'The money could not be taken from the card' },
  refundFailed: { code: 'refund_failed', message: 'The card does not take refunds' },
  holdExpired: { code: 'authorization_expired', message: 'The money is not on hold any more' },
  alreadyCaptured: { code: 'already_captured', message: 'The money was taken already' },
  notCaptured: { code: 'not_captured', message: 'Nothing was taken that could be given back' },
  tooMuch: { code: 'amount_exceeds_captured', message: 'This is more than what was taken' },
} as const satisfies Record<string, Refusal>;
