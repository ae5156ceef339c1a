import { describe, expect, it } from 'vitest';
import { nameIn, textIn } from './translated.ts';

describe('a name', () => {
  const size = { name: 'Size', nameTranslations: { de: 'Größe', 'de-CH': 'Grösse', fr: 'Taille' } };
  it.each([
    ['de-CH', 'Grösse'],
    ['de-AT', 'Größe'],
    ['fr', 'Taille'],
    ['it', 'Size'],
    ['en-GB', 'Size'],
    ['constructor', 'Size'],
  ])('in %s is %s', (locale, name) => {
    expect(nameIn(locale, size)).toBe(name);
  });
});

describe('a text', () => {
  const translations = [
    { locale: 'de', name: 'Hemd', description: 'Aus Leinen.' },
    { locale: 'de-CH', name: 'Hemli', description: null },
  ];
  it.each([
    ['name', ['de-CH', 'de'], 'Hemli'],
    ['description', ['de-CH', 'de'], 'Aus Leinen.'],
    ['name', ['fr'], 'Shirt'],
    ['name', [], 'Shirt'],
  ] as const)('(%s) in the nearest of %j is %s', (field, locales, text) => {
    expect(textIn(locales, translations, field, 'Shirt')).toBe(text);
  });
});
