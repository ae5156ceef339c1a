import { requireViewer } from '@stoa/identity';
import { attemptSubject, countAttempt, forgetAttempts } from '../attempts/count-attempt.ts';
import type { Context } from '../context.ts';
import { dropLinks } from '../mailed-links/mailed-links.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { accountIsGone, lockViewer } from '../users/lock-user.ts';
import { User } from '../users/user.entity.ts';
import { brokenRule, type PasswordRule } from './password-rule.ts';

export type ChangePasswordOutcome =
  | { readonly kind: 'changed'; readonly endedSessions: number }
  | { readonly kind: 'invalid-credentials' }
  | { readonly kind: 'weak-password'; readonly rule: PasswordRule }
  | { readonly kind: 'too-many-attempts'; readonly retryAfterSeconds: number };

/**
 * Changes the viewer's password for one who knows the old one, and ends the other sessions. Wrong
 * guesses are counted: a stolen access token must not become a stolen account.
 * @throws {Failure} unauthenticated for a guest
 */
export async function changePassword(
  context: Context,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<ChangePasswordOutcome> {
  const { call, clock, settings, passwords } = context;
  const viewer = requireViewer(call);
  const em = context.em.fork();
  const user = await em.findOne(User, { id: viewer.id });
  if (user === null) throw accountIsGone();
  const rule = brokenRule(newPassword, user.email);
  if (rule !== null) return { kind: 'weak-password', rule };

  const { perSubject, windowSeconds } = settings.attempts;
  const subject = attemptSubject('password-of', viewer.id);
  const retryAfterSeconds = await countAttempt(em, clock, { subject, maximum: perSubject, windowSeconds });
  if (retryAfterSeconds !== null) return { kind: 'too-many-attempts', retryAfterSeconds };
  if (!(await passwords.verify(user.passwordHash, currentPassword))) return { kind: 'invalid-credentials' };

  const passwordHash = await passwords.hash(newPassword);
  const endedSessions = await em.transactional(
    async (tx) => {
      const now = clock.now();
      const locked = await lockViewer(tx, viewer.id);
      locked.passwordHash = passwordHash;
      locked.hasDemoPassword = false;
      locked.updatedAt = now;
      await dropLinks(tx, viewer.id, 'RESET_PASSWORD');
      return endSessions(
        tx,
        viewer.id,
        viewer.sessionId === null ? 'all' : { except: viewer.sessionId },
        now,
      );
    },
    { clear: true },
  );
  await forgetAttempts(em, subject);
  return { kind: 'changed', endedSessions };
}
