import { expect, test } from 'vitest';
import { countryCodes } from './country-codes.ts';

test('every country code is one that the Unicode tables have a name for', () => {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  expect([...countryCodes].filter((code) => names.of(code) === undefined)).toEqual([]);
  expect(countryCodes.size).toBe(249);
});
