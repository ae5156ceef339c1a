import type { Refusal } from '../payment-provider.ts';

/** How a card of the sandbox behaves. */
export interface SandboxCard {
  readonly onAuthorize: 'approve' | 'ask-buyer' | Refusal;
  /**
   * How the answer to the authorisation arrives. `lost`: it happens, and the first answer never arrives.
   * `never-asked`: the request does not arrive either. `late`: the request arrives after its time is up.
   * `after-webhook`: the shop hears of it by webhook first.
   */
  readonly answer: 'arrives' | 'lost' | 'never-asked' | 'late' | 'after-webhook';
  readonly refusesCapture: boolean;
  readonly refusesRefund: boolean;
  /** The operations that happen, and whose first answer never arrives. */
  readonly losesAnswerOf: readonly ('capture' | 'void' | 'refund')[];
}

export const refusals = {
  cardDeclined: { code: 'card_declined', message: 'The card was declined' },
  insufficientFunds: { code: 'insufficient_funds', message: 'There is not enough money on the card' },
  expiredCard: { code: 'expired_card', message: 'The card has expired' },
  notConfirmed: { code: 'authentication_failed', message: 'The payment was not confirmed' },
  captureFailed: { code: 'capture_failed', message: 'The money could not be taken from the card' },
  refundFailed: { code: 'refund_failed', message: 'The card does not take refunds' },
  holdExpired: { code: 'authorization_expired', message: 'The money is not on hold any more' },
  alreadyCaptured: { code: 'already_captured', message: 'The money was taken already' },
  notCaptured: { code: 'not_captured', message: 'Nothing was taken that could be given back' },
  tooMuch: { code: 'amount_exceeds_captured', message: 'This is more than what was taken' },
} as const satisfies Record<string, Refusal>;

const approving: SandboxCard = {
  onAuthorize: 'approve',
  answer: 'arrives',
  refusesCapture: false,
  refusesRefund: false,
  losesAnswerOf: [],
};

/** The card tokens, which are all that the sandbox goes by; docs/payments.md lists them. */
const sandboxCards: ReadonlyMap<string, SandboxCard> = new Map<string, SandboxCard>([
  ['tok_approve', approving],
  ['tok_decline', { ...approving, onAuthorize: refusals.cardDeclined }],
  ['tok_decline_funds', { ...approving, onAuthorize: refusals.insufficientFunds }],
  ['tok_decline_expired', { ...approving, onAuthorize: refusals.expiredCard }],
  ['tok_action', { ...approving, onAuthorize: 'ask-buyer' }],
  ['tok_timeout_charged', { ...approving, answer: 'lost' }],
  ['tok_timeout_not_charged', { ...approving, answer: 'never-asked' }],
  ['tok_settles_late', { ...approving, answer: 'late' }],
  ['tok_webhook_first', { ...approving, answer: 'after-webhook' }],
  // Authorises, and cannot be captured: a payment that is captured at once is declined as a whole.
  ['tok_capture_fails', { ...approving, refusesCapture: true }],
  ['tok_capture_timeout', { ...approving, losesAnswerOf: ['capture'] }],
  ['tok_void_timeout', { ...approving, losesAnswerOf: ['void'] }],
  ['tok_refund_fails', { ...approving, refusesRefund: true }],
  ['tok_refund_timeout', { ...approving, losesAnswerOf: ['refund'] }],
]);

export const sandboxTokens: readonly string[] = [...sandboxCards.keys()];

export const cardDescription = 'Sandbox card ending in 4242';

/** Null for a token that is none. */
export function sandboxCard(token: string): SandboxCard | null {
  return sandboxCards.get(token) ?? null;
}

export const invalidToken: Refusal = {
  code: 'invalid_token',
  message: `This is no card of the sandbox: expected one of ${sandboxTokens.join(', ')}`,
};
