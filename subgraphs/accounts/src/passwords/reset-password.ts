import { attemptSubject, forgetAttempts } from '../attempts/count-attempt.ts';
import type { Context } from '../context.ts';
import { dropLinks, ownerOfLink, useLink } from '../mailed-links/mailed-links.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { lockUser } from '../users/lock-user.ts';
import { User } from '../users/user.entity.ts';
import { brokenRule, type PasswordRule } from './password-rule.ts';

export type ResetPasswordOutcome =
  | { readonly kind: 'changed'; readonly endedSessions: number }
  | { readonly kind: 'invalid-token' }
  | { readonly kind: 'weak-password'; readonly rule: PasswordRule };

/**
 * Sets a new password for whoever has the token of a letter, and ends all sessions. A weak password
 * leaves the token good for another try.
 */
export async function resetPassword(
  context: Context,
  { token, password }: { token: string; password: string },
): Promise<ResetPasswordOutcome> {
  const { clock, passwords } = context;
  const em = context.em.fork();
  const userId = await ownerOfLink(em, clock, token, 'RESET_PASSWORD');
  const user = userId === null ? null : await em.findOne(User, { id: userId });
  if (user === null) return { kind: 'invalid-token' };
  const rule = brokenRule(password, user.email);
  if (rule !== null) return { kind: 'weak-password', rule };

  const passwordHash = await passwords.hash(password);
  const outcome = await em.transactional(
    async (tx): Promise<ResetPasswordOutcome> => {
      const locked = await lockUser(tx, user.id);
      if (locked === null || !(await useLink(tx, clock, token, 'RESET_PASSWORD')))
        return { kind: 'invalid-token' };
      const now = clock.now();
      locked.passwordHash = passwordHash;
      locked.hasDemoPassword = false;
      locked.updatedAt = now;
      await dropLinks(tx, user.id, 'RESET_PASSWORD');
      return { kind: 'changed', endedSessions: await endSessions(tx, user.id, 'all', now) };
    },
    { clear: true },
  );
  // Whoever was locked out by somebody else's guesses can sign in again at once.
  if (outcome.kind === 'changed') await forgetAttempts(em, attemptSubject('sign-in-to', user.emailKey));
  return outcome;
}
