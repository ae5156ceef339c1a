import { describe, expect, it } from 'vitest';
import { allocate } from './allocate.ts';

describe('where units come from', () => {
  it.each([
    ['one location that can fill the line', 3, { a: 2, b: 5 }, { b: 3 }],
    ['the fullest of several that can', 3, { a: 4, b: 9, c: 5 }, { b: 3 }],
    ['the lower id of two that have as much', 1, { b: 4, a: 4 }, { a: 1 }],
    ['the fullest and then the next when none can fill it', 7, { a: 2, b: 5, c: 4 }, { b: 5, c: 2 }],
    ['all there is', 6, { a: 2, b: 4 }, { a: 2, b: 4 }],
  ])('is %s', (_, quantity, stock, expected) => {
    expect(taken(allocate(quantity, placesOf(stock)))).toEqual(expected);
  });

  it.each([
    ['there are too few', 7, { a: 2, b: 4 }],
    ['all locations are empty', 1, { a: 0, b: 0 }],
    ['there is no location', 1, {}],
  ])('is nowhere when %s', (_, quantity, stock) => {
    expect(allocate(quantity, placesOf(stock))).toBeNull();
  });
});

function placesOf(stock: Record<string, number>) {
  return Object.entries(stock).map(([locationId, available]) => ({ locationId, available }));
}

function taken(allocations: ReturnType<typeof allocate>) {
  return Object.fromEntries((allocations ?? []).map(({ locationId, quantity }) => [locationId, quantity]));
}
