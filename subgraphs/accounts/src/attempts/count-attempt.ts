import type { Clock } from '@stoa/clock';
import { type EntityManager, type Knex, readInteger, readTime, writeTime } from '@stoa/database';
import { digest } from '../tokens/opaque-token.ts';

/** How often something may be tried in a window, which begins with the first attempt. */
export interface AttemptLimit {
  readonly subject: string;
  readonly maximum: number;
  readonly windowSeconds: number;
}

/** What is counted: sign-ins to an address, sign-ins from a client, checks of a user's password, mails to an address. */
type SubjectKind = 'sign-in-to' | 'sign-in-from' | 'password-of' | 'mail-to';

/** The name under which attempts are counted. What they were made on is kept as a digest. */
export function attemptSubject(kind: SubjectKind, text: string): string {
  return `${kind}:${digest(text)}`;
}

/**
 * Counts an attempt before it is made, in one statement: however many are made at once, no more
 * than the maximum get through.
 * @returns null when the attempt may be made, else in how many seconds the next one may
 */
export async function countAttempt(
  em: EntityManager,
  clock: Clock,
  limit: AttemptLimit,
): Promise<number | null> {
  const now = clock.now();
  const knex = em.getKnex();
  const writtenNow = writeTime(em, now);
  const [row] = await windows(knex)
    .insert({
      subject: limit.subject,
      attempts: 1,
      ends_at: writeTime(em, new Date(now.getTime() + limit.windowSeconds * 1000)),
    })
    .onConflict('subject')
    .merge({
      attempts: knex.raw(
        'case when attempt_window.ends_at <= ? then 1 else attempt_window.attempts + 1 end',
        [writtenNow],
      ),
      ends_at: knex.raw(
        'case when attempt_window.ends_at <= ? then excluded.ends_at else attempt_window.ends_at end',
        [writtenNow],
      ),
    })
    .returning(['attempts', 'ends_at']);
  const attempts = readInteger(row?.attempts);
  // A window opens rarely enough to sweep out the ones that are over.
  if (attempts === 1) await windows(knex).where('ends_at', '<=', writtenNow).delete();
  if (attempts <= limit.maximum) return null;
  return Math.max(1, Math.ceil((readTime(row?.ends_at).getTime() - now.getTime()) / 1000));
}

/** Forgets the attempts made on a subject. */
export async function forgetAttempts(em: EntityManager, subject: string): Promise<void> {
  await windows(em.getKnex()).where({ subject }).delete();
}

/** Takes back one attempt, since it turned out well. */
export async function forgiveAttempt(em: EntityManager, subject: string): Promise<void> {
  const knex = em.getKnex();
  const forgotten = await windows(knex).where({ subject, attempts: 1 }).delete();
  if (forgotten === 0)
    await windows(knex).where({ subject }).where('attempts', '>', 1).decrement('attempts', 1);
}

function windows(knex: Knex): Knex.QueryBuilder {
  return knex('attempt_window');
}
