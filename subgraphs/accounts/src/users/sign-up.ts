import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { inTransaction } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import type { Context } from '../context.ts';
import { userSignedUp } from '../events.ts';
import { excerpt, singleLine } from '../input/single-line.ts';
import { verifyEmailLetter } from '../mail/letters.ts';
import { addLink } from '../mailed-links/mailed-links.ts';
import { brokenRule, type PasswordRule } from '../passwords/password-rule.ts';
import { type OpenSession, openSession } from '../sessions/open-session.ts';
import { startSession } from '../sessions/start-session.ts';
import { emailKey, parseEmail } from './email-address.ts';
import { userRow } from './find-users.ts';
import { User } from './user.entity.ts';
import { UserRole } from './user-role.entity.ts';

export type SignUpOutcome =
  | { readonly kind: 'signed-up'; readonly session: OpenSession }
  | { readonly kind: 'email-taken' }
  | { readonly kind: 'weak-password'; readonly rule: PasswordRule }
  | { readonly kind: 'invalid-input'; readonly field: string; readonly message: string };

export interface SignUpRequest {
  readonly email: string;
  readonly password: string;
  readonly name: string;
}

/** Makes a customer, with a session, an event, and a letter that asks to verify the address. */
export async function signUp(context: Context, request: SignUpRequest): Promise<SignUpOutcome> {
  const email = parseEmail(request.email);
  if (email === null) {
    const message = `Expected an e-mail address such as ada@example.com, found ${excerpt(request.email)}`;
    return { kind: 'invalid-input', field: 'input.email', message };
  }
  const name = singleLine(request.name, 100);
  if (name.kind === 'bad') {
    const message = `Expected a name of ${name.expected}, found ${excerpt(request.name)}`;
    return { kind: 'invalid-input', field: 'input.name', message };
  }
  const rule = brokenRule(request.password, email);
  if (rule !== null) return { kind: 'weak-password', rule };

  const { clock, newId, settings, passwords, call, afterAnswer, mail } = context;
  const { em } = context;
  if ((await em.fork().count(User, { emailKey: emailKey(email) })) > 0) return { kind: 'email-taken' };

  const passwordHash = await passwords.hash(request.password);
  const now = clock.now();
  try {
    const { user, started, link } = await inTransaction(em, async (tx) => {
      const user = tx.create(
        User,
        {
          id: newId(),
          createdAt: now,
          updatedAt: now,
          email,
          emailKey: emailKey(email),
          name: name.value,
          passwordHash,
          hasDemoPassword: false,
          emailVerifiedAt: null,
        },
        { persist: true },
      );
      tx.create(UserRole, { userId: user.id, role: 'CUSTOMER' }, { persist: true });
      const started = startSession(tx, context, user.id);
      const link = addLink(tx, clock, {
        userId: user.id,
        purpose: 'VERIFY_EMAIL',
        publicUrl: settings.publicUrl,
      });
      recordEvent(
        tx,
        userSignedUp,
        { id: newId(), aggregateId: user.id, requestId: call.requestId, occurredAt: now },
        { userId: user.id },
      );
      return { user, started, link };
    });
    afterAnswer.run('verify-email-letter', () => mail.send(verifyEmailLetter(email, link)));
    return { kind: 'signed-up', session: await openSession(context, started, userRow(user), ['CUSTOMER']) };
  } catch (error) {
    // Somebody else took the address between the look and the write.
    if (error instanceof UniqueConstraintViolationException) return { kind: 'email-taken' };
    throw error;
  }
}
