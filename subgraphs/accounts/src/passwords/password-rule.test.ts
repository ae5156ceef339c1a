import { describe, expect, test } from 'vitest';
import { commonPasswords } from './common-passwords.ts';
import { brokenRule, minimumLength } from './password-rule.ts';

describe('a password', () => {
  test.each([
    ['nine characters', 'nine char', 'MINIMUM_LENGTH'],
    ['ten characters', 'ten charac', null],
    ['two hundred characters', 'ab'.repeat(100), null],
    ['one more than that', `${'ab'.repeat(100)}c`, 'MAXIMUM_LENGTH'],
    ['ten emoji, which are twenty code units', '😀😃😄😁😆😅🤣😂🙂🙃', null],
    ['five emoji, which are ten code units', '😀😃😄😁😆', 'MINIMUM_LENGTH'],
    ['the address', 'Ada.Lovelace@stoa.example', 'NOT_THE_EMAIL'],
    ['the part before the @', 'ADA.LOVELACE', 'NOT_THE_EMAIL'],
    ['something common', 'Password123', 'NOT_COMMON'],
    ['something common with a space after it', 'qwertyuiop ', 'NOT_COMMON'],
    ['a sentence', 'a blue bicycle', null],
  ])('of %s: %j breaks %s', (_, password, rule) => {
    expect(brokenRule(password, 'ada.lovelace@stoa.example')).toBe(rule);
  });

  test('on the list of common ones is there for a reason: it is long enough, and in lower case', () => {
    for (const password of commonPasswords) {
      expect([...password].length).toBeGreaterThanOrEqual(minimumLength);
      expect(password).toBe(password.toLowerCase());
    }
  });
});
