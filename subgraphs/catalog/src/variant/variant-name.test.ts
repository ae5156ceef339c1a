import { describe, expect, it } from 'vitest';
import { fullName, variantName } from './variant-name.ts';

const medium = { name: 'M', nameTranslations: {} };
const blue = { name: 'Sea blue', nameTranslations: { de: 'Meerblau' } };
const unnamed = { name: null, nameTranslations: {} };
const named = { name: 'Gift set', nameTranslations: { de: 'Geschenkset' } };

describe('the name of a variant', () => {
  it.each([
    ['its own', named, [medium, blue], 'en', 'Gift set'],
    ['its own, translated', named, [medium, blue], 'de-AT', 'Geschenkset'],
    ['that of its option values', unnamed, [medium, blue], 'en', 'M, Sea blue'],
    ['that of its option values, each in the nearest language', unnamed, [medium, blue], 'de', 'M, Meerblau'],
    ['none without options', unnamed, [], 'en', null],
  ])('is %s', (_, variant, optionValues, locale, name) => {
    expect(variantName(variant, optionValues, locale)).toBe(name);
  });

  it.each([
    ['Linen shirt', 'M, Sea blue', 'Linen shirt – M, Sea blue'],
    ['Gift card', null, 'Gift card'],
  ])('follows that of the product: %s, %s', (product, variant, name) => {
    expect(fullName(product, variant)).toBe(name);
  });
});
