import { ProviderTimeout } from './provider-timeout.ts';

export interface Question<Outcome> {
  /** Asks for it, under an idempotency key. */
  act: () => Promise<Outcome>;
  /** What the provider has of it; null when it has nothing. */
  look: () => Promise<Outcome | null>;
  /** As `look`, and makes sure that what has not happened will not. Left out, `look`. */
  close?: () => Promise<Outcome | null>;
  /** Whether it may have been asked for before, by a call whose answer was never written down. */
  isRepeat: boolean;
  /** What it comes to when the answer was lost and the provider has nothing. */
  notDone: Outcome;
}

/**
 * Asks a provider to move money and never guesses: when the answer is lost, the provider is asked what it has.
 * @returns null when it cannot tell that either
 */
export async function ask<Outcome>(question: Question<Outcome>): Promise<Outcome | null> {
  if (question.isRepeat) {
    const found = await unlessTimedOut(question.look);
    if (found === timedOut) return null;
    if (found !== null) return found;
  }
  const answer = await unlessTimedOut(question.act);
  if (answer !== timedOut) return answer;
  const found = await unlessTimedOut(question.close ?? question.look);
  return found === timedOut ? null : (found ?? question.notDone);
}

const timedOut = Symbol('timed out');

async function unlessTimedOut<Value>(work: () => Promise<Value>): Promise<Value | typeof timedOut> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderTimeout) return timedOut;
    throw error;
  }
}
