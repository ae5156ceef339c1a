import { invalidInput, type RefusalOf } from '../refusal.ts';

// As RFC 5321 limits an address. What it allows beyond this form no mail provider gives out.
const maximumLength = 254;
const form = /^[^\s@<>()[\],;:\\"]{1,64}@([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/i;

/** The one form of an e-mail address: trimmed, in lower case. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Checks a normalized address. */
export function refusalOfEmail(email: string, field: string): RefusalOf<'invalid-input'> | null {
  if (email.length <= maximumLength && form.test(email)) return null;
  return invalidInput(field, 'an e-mail address such as name@example.com', email.slice(0, 100));
}
