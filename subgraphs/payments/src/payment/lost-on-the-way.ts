import { noAnswer } from '../reconciliation/next-check.ts';
import type { SettledOutcome } from './change.ts';

/** What a payment comes to when the provider was not asked, or did not answer and has nothing of it. */
export const lostOnTheWay: SettledOutcome = {
  status: 'failed',
  code: noAnswer,
  message: 'The payment provider did not answer, and no money was taken',
};
