import { describe, expect, it } from 'vitest';
import { formatAmountsIn } from './format-amount.ts';

/** With the spaces that keep words together as plain ones. */
const written = (locale: string, currency: string, amount: number) =>
  formatAmountsIn(locale, currency)(amount).replace(/[\u00a0\u202f]/g, ' ');

describe('an amount', () => {
  it.each([
    ['en', 'EUR', 1_234, '€12.34'],
    ['de-DE', 'EUR', 123_456, '1.234,56 €'],
    ['fr', 'USD', 5, '0,05 $US'],
    ['en', 'JPY', 1_234, '¥1,234'],
    ['en', 'KWD', 1_234, 'KWD 1.234'],
    ['en', 'EUR', 0, '€0.00'],
    ['en', 'EUR', 900_719_925_474_099, '€9,007,199,254,740.99'],
  ])('in %s and %s, %i is written %s', (locale, currency, amount, text) => {
    expect(written(locale, currency, amount)).toBe(text);
  });

  it.each(['', 'not a locale', 'x', 'en_GB'])('is written in English where the locale is %j', (locale) => {
    expect(written(locale, 'EUR', 1_234)).toBe('€12.34');
  });
});
