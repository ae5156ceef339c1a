import { describe, expect, test } from 'vitest';
import { emailKey, parseEmail } from './email-address.ts';

describe('an e-mail address', () => {
  test.each([
    ['ada@stoa.example', 'ada@stoa.example'],
    ['  Ada.Lovelace+shop@Mail.Stoa.example ', 'Ada.Lovelace+shop@Mail.Stoa.example'],
    ["o'brien@stoa.example", "o'brien@stoa.example"],
    ['jürgen@müller.example', 'jürgen@müller.example'],
  ])('%j is kept as %j', (given, kept) => {
    expect(parseEmail(given)).toBe(kept);
  });

  test.each([
    '',
    'ada',
    'ada@',
    '@stoa.example',
    'ada@stoa',
    'ada@stoa..example',
    'ada@-stoa.example',
    'a da@stoa.example',
    'ada@stoa.example\nBcc: all@stoa.example',
    'ada\u0000@stoa.example',
    'Ada <ada@stoa.example>',
    'ada@one.example,bob@two.example',
    `${'a'.repeat(65)}@stoa.example`,
    `ada@${'a.'.repeat(130)}example`,
  ])('%j is none', (given) => {
    expect(parseEmail(given)).toBeNull();
  });

  test('is the same in any letter case and with spaces around it', () => {
    expect(emailKey(' ADA@Stoa.Example ')).toBe(emailKey('ada@stoa.example'));
  });
});
