import { describe, expect, it } from 'vitest';
import {
  type Check,
  checkAlt,
  checkCode,
  checkCount,
  checkDescription,
  checkDistinct,
  checkName,
  checkNameTranslations,
  checkSku,
  checkSlug,
  checkTextTranslations,
  checkUrl,
  checkWeight,
} from './checks.ts';

const inForm: readonly (readonly [string, (value: string) => Check, readonly string[]])[] = [
  ['a slug', (value) => checkSlug('f', value), ['shirt', 'linen-shirt-2', 'a'.repeat(200)]],
  ['a code', (value) => checkCode('f', value), ['m', 'sea-blue', '42']],
  ['a sku', (value) => checkSku('f', value), ['A', 'LIN-1_2.x', 'a'.repeat(64)]],
  ['a name', (value) => checkName('f', value), ['Shirt', ' É ', '👕'.repeat(100)]],
  ['a description', (value) => checkDescription('f', value), ['', 'Two\n\tlines\r\n', 'x'.repeat(20_000)]],
  ['a picture’s text', (value) => checkAlt('f', value), ['', 'A shirt on a line']],
  ['a URL', (value) => checkUrl('f', value), ['https://x.example/1.jpg?a=b', 'http://localhost:8080/a']],
];

const outOfForm: readonly (readonly [string, (value: string) => Check, readonly string[]])[] = [
  [
    'a slug',
    (value) => checkSlug('f', value),
    ['', 'Shirt', 'a b', '-a', 'a-', 'a--b', 'é', 'a\n', 'a'.repeat(201)],
  ],
  ['a code', (value) => checkCode('f', value), ['', 'M', 'a_b', 'a'.repeat(101)]],
  ['a sku', (value) => checkSku('f', value), ['', 'A B', '-A', 'A--B', 'A\n', 'É', 'a'.repeat(65)]],
  ['a name', (value) => checkName('f', value), ['', '  ', 'a\nb', 'a\u0000', '\ud800', 'a'.repeat(201)]],
  ['a description', (value) => checkDescription('f', value), ['a\u0000b', '\udfff', 'x'.repeat(20_001)]],
  ['a picture’s text', (value) => checkAlt('f', value), ['a\nb', 'a'.repeat(301)]],
  [
    'a URL',
    (value) => checkUrl('f', value),
    [
      '',
      'x',
      'ftp://x/1.jpg',
      'javascript:alert(1)',
      'https://',
      'https://a b',
      `https://x/${'a'.repeat(2_000)}`,
    ],
  ],
];

const cases = (table: typeof inForm) =>
  table.flatMap(([what, check, values]) => values.map((value) => ({ what, check, value })));

describe('a check', () => {
  it.each(cases(inForm))('passes $value as $what', ({ check, value }) => {
    expect(check(value)).toBeNull();
  });

  it.each(cases(outOfForm))('refuses $value as $what', ({ check, value }) => {
    expect(check(value)).toMatchObject({
      problem: 'invalid-input',
      field: 'f',
      message: expect.stringMatching(/^Expected .*, found /),
    });
  });

  it('shows no more of a long value than tells which it is', () => {
    expect(checkSlug('f', 'A'.repeat(5_000))?.message.length).toBeLessThan(150);
  });

  it.each([
    [0, true],
    [1_000_000, true],
    [-1, false],
    [1_000_001, false],
  ])('of a weight of %s passes: %s', (weight, passes) => {
    expect(checkWeight('f', weight) === null).toBe(passes);
  });

  it.each([
    [0, [0, 2], true],
    [2, [1, 2], true],
    [0, [1, 2], false],
    [3, [0, 2], false],
  ] as const)('of %s items for %j passes: %s', (count, range, passes) => {
    expect(checkCount('f', Array(count).fill(0), range) === null).toBe(passes);
  });

  it('names the place of what comes twice', () => {
    expect(checkDistinct('f', ['a', 'b', 'a'], (item) => item)).toEqual({
      problem: 'invalid-input',
      field: 'f.2',
      message: 'Expected each only once, found "a" again',
    });
  });
});

describe('the check of translations', () => {
  it.each([
    [
      'one a language',
      [
        { locale: 'de', name: 'Hemd' },
        { locale: 'de-CH', name: 'Hemli' },
      ],
      null,
    ],
    [
      'a language twice',
      [
        { locale: 'de', name: 'Hemd' },
        { locale: 'de', name: 'Shirt' },
      ],
      'f.1',
    ],
    ['the default language', [{ locale: 'en', name: 'Shirt' }], 'f.0.locale'],
    ['an empty name', [{ locale: 'de', name: ' ' }], 'f.0.name'],
  ])('of %s finds %j', (_, translations, field) => {
    expect(checkNameTranslations('f', translations)?.field ?? null).toBe(field);
  });

  it('looks at descriptions too', () => {
    const translations = [{ locale: 'de', name: 'Hemd', description: '\u0000' }];
    expect(checkTextTranslations('f', translations)).toMatchObject({ field: 'f.0.description' });
  });
});
