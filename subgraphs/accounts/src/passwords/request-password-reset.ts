import { attemptSubject, countAttempt } from '../attempts/count-attempt.ts';
import type { Context } from '../context.ts';
import { excerpt } from '../input/single-line.ts';
import { resetPasswordLetter } from '../mail/letters.ts';
import { addLink, dropExpiredLinks } from '../mailed-links/mailed-links.ts';
import { emailKey, parseEmail } from '../users/email-address.ts';
import { User } from '../users/user.entity.ts';

export type RequestPasswordResetOutcome =
  | { readonly kind: 'requested' }
  | { readonly kind: 'invalid-input'; readonly field: string; readonly message: string };

/**
 * Mails a link that sets a new password, if the address has an account. Everything that depends on
 * that happens after the answer, which is the same for all addresses, and takes the same time.
 */
export async function requestPasswordReset(
  context: Context,
  { email }: { email: string },
): Promise<RequestPasswordResetOutcome> {
  if (parseEmail(email) === null) {
    const message = `Expected an e-mail address such as ada@example.com, found ${excerpt(email)}`;
    return { kind: 'invalid-input', field: 'input.email', message };
  }
  context.afterAnswer.run('reset-password-letter', () => mailLink(context, emailKey(email)));
  return { kind: 'requested' };
}

async function mailLink(context: Context, key: string): Promise<void> {
  const { clock, settings, mail } = context;
  const em = context.em.fork();
  const { perSubject, windowSeconds } = settings.attempts;
  // Nobody's mailbox can be filled by us; beyond the limit the answer stays the same and no letter goes out.
  const limit = { subject: attemptSubject('mail-to', key), maximum: perSubject, windowSeconds };
  if ((await countAttempt(em, clock, limit)) !== null) return;

  const user = await em.findOne(User, { emailKey: key });
  if (user === null) return;
  await dropExpiredLinks(em, clock, user.id);
  const link = addLink(em, clock, {
    userId: user.id,
    purpose: 'RESET_PASSWORD',
    publicUrl: settings.publicUrl,
  });
  await em.flush();
  await mail.send(resetPasswordLetter(user.email, link));
}
