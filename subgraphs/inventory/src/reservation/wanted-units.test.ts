import { describe, expect, it } from 'vitest';
import { wantedUnits } from './wanted-units.ts';

describe('what is wanted', () => {
  it('adds up lines of the same variant', () => {
    const wanted = wantedUnits([
      { variantId: 'a', quantity: 2 },
      { variantId: 'b', quantity: 1 },
      { variantId: 'a', quantity: 3 },
    ]);
    expect([...wanted]).toEqual([
      ['a', 5],
      ['b', 1],
    ]);
  });

  it.each([
    ['no lines', [], 'Expected 1 to 500 lines, found 0'],
    [
      'more than 500 lines',
      Array.from({ length: 501 }, (_, index) => ({ variantId: `v-${index}`, quantity: 1 })),
      'Expected 1 to 500 lines, found 501',
    ],
    ['a line without a variant', [{ variantId: '', quantity: 1 }], 'Expected a variant id in every line'],
    ['a quantity of 0', [{ variantId: 'a', quantity: 0 }], 'Expected at least 1 of variant a, found 0'],
    ['a negative quantity', [{ variantId: 'a', quantity: -2 }], 'Expected at least 1 of variant a, found -2'],
    [
      'more than a million in all',
      [
        { variantId: 'a', quantity: 1_000_000 },
        { variantId: 'a', quantity: 1 },
      ],
      'Expected at most 1000000 of variant a, found 1000001',
    ],
  ])('refuses %s', (_, lines, message) => {
    expect(() => wantedUnits(lines)).toThrow(message);
  });
});
