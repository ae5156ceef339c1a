import { inTransaction } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import type { Context } from '../context.ts';
import { emailVerified } from '../events.ts';
import { dropLinks, ownerOfLink, useLink } from '../mailed-links/mailed-links.ts';
import { lockUser } from './lock-user.ts';

export type VerifyEmailOutcome =
  | { readonly kind: 'verified'; readonly email: string }
  | { readonly kind: 'invalid-token' };

/** Takes it that whoever has the token of a letter can read the address it went to. */
export async function verifyEmail(
  { em, clock, newId, call }: Context,
  { token }: { token: string },
): Promise<VerifyEmailOutcome> {
  const userId = await ownerOfLink(em, clock, token, 'VERIFY_EMAIL');
  if (userId === null) return { kind: 'invalid-token' };
  return inTransaction(em, async (tx): Promise<VerifyEmailOutcome> => {
    const user = await lockUser(tx, userId);
    if (user === null || !(await useLink(tx, clock, token, 'VERIFY_EMAIL'))) return { kind: 'invalid-token' };
    await dropLinks(tx, userId, 'VERIFY_EMAIL');
    if (!user.emailVerifiedAt) {
      const now = clock.now();
      user.emailVerifiedAt = now;
      user.updatedAt = now;
      recordEvent(
        tx,
        emailVerified,
        { id: newId(), aggregateId: userId, requestId: call.requestId, occurredAt: now },
        { userId },
      );
    }
    return { kind: 'verified', email: user.email };
  });
}
