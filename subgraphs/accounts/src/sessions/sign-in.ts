import { attemptSubject, countAttempt, forgetAttempts, forgiveAttempt } from '../attempts/count-attempt.ts';
import type { Context } from '../context.ts';
import { emailKey, parseEmail } from '../users/email-address.ts';
import { userRow } from '../users/find-users.ts';
import { isBarred } from '../users/is-barred.ts';
import { rolesOf } from '../users/roles-of.ts';
import { User } from '../users/user.entity.ts';
import { type OpenSession, openSession } from './open-session.ts';
import { Session } from './session.entity.ts';
import { startSession } from './start-session.ts';

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly session: OpenSession }
  | { readonly kind: 'invalid-credentials' }
  | { readonly kind: 'too-many-attempts'; readonly retryAfterSeconds: number };

/**
 * Starts a session for whoever knows the password. An unknown address costs the work of one password
 * check too, and is counted too, so that neither the answer nor its time tells who has an account.
 */
export async function signIn(
  context: Context,
  { email, password }: { email: string; password: string },
): Promise<SignInOutcome> {
  const { clock, settings, passwords } = context;
  const em = context.em.fork();
  const key = emailKey(email);
  const retryAfterSeconds = await countSignIn(context, key);
  if (retryAfterSeconds !== null) return { kind: 'too-many-attempts', retryAfterSeconds };

  const user = parseEmail(email) === null ? null : await em.findOne(User, { emailKey: key });
  const isRight = await passwords.verify(user?.passwordHash ?? passwords.decoy, password);
  if (user === null || !isRight || isBarred(user, settings)) return { kind: 'invalid-credentials' };

  if (passwords.isOutdated(user.passwordHash)) user.passwordHash = await passwords.hash(password);
  const started = startSession(em, context, user.id);
  await em.flush();
  await em.nativeDelete(Session, { userId: user.id, expiresAt: { $lte: clock.now() } });
  await forgiveSignIn(context, key);
  const session = await openSession(context, started, userRow(user), await rolesOf(em, user.id));
  return { kind: 'signed-in', session };
}

/** The client comes first: once it is stopped, it cannot lock more addresses. */
async function countSignIn({ em, clock, settings, call }: Context, key: string): Promise<number | null> {
  const { perClient, perSubject, windowSeconds } = settings.attempts;
  if (call.clientAddress !== undefined) {
    const subject = attemptSubject('sign-in-from', call.clientAddress);
    const wait = await countAttempt(em, clock, { subject, maximum: perClient, windowSeconds });
    if (wait !== null) return wait;
  }
  const subject = attemptSubject('sign-in-to', key);
  return countAttempt(em, clock, { subject, maximum: perSubject, windowSeconds });
}

/**
 * Success clears the address. The client gets back this one attempt alone: else whoever has an
 * account could clear the count by signing in to it between guesses at others.
 */
async function forgiveSignIn({ em, call }: Context, key: string): Promise<void> {
  await forgetAttempts(em, attemptSubject('sign-in-to', key));
  if (call.clientAddress !== undefined) {
    await forgiveAttempt(em, attemptSubject('sign-in-from', call.clientAddress));
  }
}
