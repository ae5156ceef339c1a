import { expect, test } from 'vitest';
import { normalizeEmail, refusalOfEmail } from './email-address.ts';

test.each([
  'a@b.co',
  'ada.lovelace+shop@mail.example.com',
  "o'neill@example.co.uk",
  'ada@xn--bcher-kva.example',
  'ümlaut@example.com',
])('accepts %s', (email) => {
  expect(refusalOfEmail(email, 'email')).toBeNull();
});

test.each([
  '',
  'ada',
  'ada@',
  '@example.com',
  'ada@example',
  'ada@@example.com',
  'ada lovelace@example.com',
  'ada@exa mple.com',
  'ada@example..com',
  'Ada <ada@example.com>',
  'ada@example.com, bob@example.com',
  'ada@example.com\nBcc: all@example.com',
  `${'x'.repeat(65)}@example.com`,
  `ada@${'x'.repeat(63)}.${'x'.repeat(63)}.${'x'.repeat(63)}.${'x'.repeat(63)}.com`,
])('refuses %j', (email) => {
  expect(refusalOfEmail(email, 'input.email')).toMatchObject({
    refused: 'invalid-input',
    field: 'input.email',
  });
});

test('an address is kept trimmed and in lower case', () => {
  expect(normalizeEmail('  Ada@Example.COM\n')).toBe('ada@example.com');
});
