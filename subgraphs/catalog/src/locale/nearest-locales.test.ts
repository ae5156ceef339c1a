import { describe, expect, it } from 'vitest';
import { canonicalLocale, nearestLocales } from './nearest-locales.ts';

describe('the nearest locales', () => {
  it.each([
    ['de', ['de']],
    ['de-AT', ['de-AT', 'de']],
    ['DE-at', ['de-AT', 'de']],
    ['zh-Hant-TW', ['zh-Hant-TW', 'zh-Hant', 'zh']],
    ['de-u-co-phonebk', ['de-u-co-phonebk', 'de-u-co', 'de']],
    ['en-GB', ['en-GB']],
    ['en', []],
    ['not a locale', []],
    ['', []],
  ])('of %s are %j', (tag, expected) => {
    expect(nearestLocales(tag)).toEqual(expected);
  });
});

describe('the canonical form', () => {
  it.each([
    ['FR-ca', 'fr-CA'],
    ['english!', null],
    ['', null],
    [`de-${'x-abcdefgh'.repeat(4)}`, null],
  ])('of %j is %j', (tag, expected) => {
    expect(canonicalLocale(tag)).toBe(expected);
  });
});
