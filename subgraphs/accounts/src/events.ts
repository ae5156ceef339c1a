import { defineEvent, z } from '@stoa/events';

/** Somebody made an account. */
export const userSignedUp = defineEvent('accounts.user-signed-up.v1', z.object({ userId: z.string() }));

/** A user has shown that their e-mail address is theirs. */
export const emailVerified = defineEvent('accounts.email-verified.v1', z.object({ userId: z.string() }));
