import { emailKey } from '../users/email-address.ts';
import { commonPasswords } from './common-passwords.ts';

export const minimumLength = 10;
export const maximumLength = 200;

/** What a password must be. */
export type PasswordRule = 'MINIMUM_LENGTH' | 'MAXIMUM_LENGTH' | 'NOT_THE_EMAIL' | 'NOT_COMMON';

/** The first rule that a password breaks; null for a good one. Length counts characters, not bytes. */
export function brokenRule(password: string, email: string): PasswordRule | null {
  const length = [...password.normalize('NFKC')].length;
  if (length < minimumLength) return 'MINIMUM_LENGTH';
  if (length > maximumLength) return 'MAXIMUM_LENGTH';
  const guess = password.normalize('NFKC').trim().toLowerCase();
  const address = emailKey(email);
  if (guess === address || guess === address.split('@')[0]) return 'NOT_THE_EMAIL';
  return commonPasswords.has(guess) ? 'NOT_COMMON' : null;
}
