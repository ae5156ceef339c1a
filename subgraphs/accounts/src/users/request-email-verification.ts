import { requireViewer } from '@stoa/identity';
import { attemptSubject, countAttempt } from '../attempts/count-attempt.ts';
import type { Context } from '../context.ts';
import { verifyEmailLetter } from '../mail/letters.ts';
import { addLink, dropExpiredLinks } from '../mailed-links/mailed-links.ts';
import { accountIsGone } from './lock-user.ts';
import { User } from './user.entity.ts';

export type RequestEmailVerificationOutcome =
  | { readonly kind: 'requested'; readonly email: string }
  | { readonly kind: 'verified-already'; readonly email: string }
  | { readonly kind: 'too-many-attempts'; readonly retryAfterSeconds: number };

/**
 * Mails the viewer a link that verifies their address.
 * @throws {Failure} unauthenticated for a guest
 */
export async function requestEmailVerification(context: Context): Promise<RequestEmailVerificationOutcome> {
  const { call, clock, settings, afterAnswer, mail } = context;
  const viewer = requireViewer(call);
  const em = context.em.fork();
  const user = await em.findOne(User, { id: viewer.id });
  if (user === null) throw accountIsGone();
  const { id: userId, email } = user;
  if (user.emailVerifiedAt) return { kind: 'verified-already', email };

  const { perSubject, windowSeconds } = settings.attempts;
  const limit = { subject: attemptSubject('mail-to', user.emailKey), maximum: perSubject, windowSeconds };
  const retryAfterSeconds = await countAttempt(em, clock, limit);
  if (retryAfterSeconds !== null) return { kind: 'too-many-attempts', retryAfterSeconds };

  await dropExpiredLinks(em, clock, userId);
  const link = addLink(em, clock, { userId, purpose: 'VERIFY_EMAIL', publicUrl: settings.publicUrl });
  await em.flush();
  afterAnswer.run('verify-email-letter', () => mail.send(verifyEmailLetter(email, link)));
  return { kind: 'requested', email };
}
