import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@stoa/clock';
import { rowsOf } from '@stoa/database';
import type { PaymentsScope } from './scope.ts';

/**
 * Who may speak with the provider about one payment or operation: one caller at a time, and somebody else once that one
 * has had its time: after a crash, say. Longer than the three calls that one caller makes at most (payment-provider.ts
 * allows 5 seconds each).
 */
const claimedForMs = 20_000;

/** Less than the deadline of an rpc, so that who waits gets an answer. */
const waitAtMostMs = 2_000;

export function claimedUntil(clock: Clock): Date {
  return new Date(clock.now().getTime() + claimedForMs);
}

/**
 * Takes a row that is in one of `states` and that nobody has.
 * @returns whether it is ours; to be given up by `release`, or by writing `claimedUntil: null`
 */
export async function claim(
  { em, clock }: PaymentsScope,
  table: 'payment' | 'payment_operation',
  id: string,
  states: readonly string[],
): Promise<boolean> {
  const taken = await rowsOf(em).run(
    `update ${table} set claimed_until = ? where id = ? and state = any(?)
     and (claimed_until is null or claimed_until <= ?)`,
    [claimedUntil(clock), id, states, clock.now()],
  );
  return taken === 1;
}

export async function release(
  { em }: PaymentsScope,
  table: 'payment' | 'payment_operation',
  id: string,
): Promise<void> {
  await rowsOf(em).run(`update ${table} set claimed_until = null where id = ?`, [id]);
}

/** Tries until there is an answer; null when there is none within two seconds. */
export async function patiently<Value>(attempt: () => Promise<Value | null>): Promise<Value | null> {
  let pauseMs = 10;
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    const value = await attempt();
    if (value !== null || waitedMs >= waitAtMostMs) return value;
    pauseMs = Math.min(pauseMs * 2, 200);
    await sleep(pauseMs);
  }
}
