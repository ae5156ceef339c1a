import { describe, expect, it } from 'vitest';
import { add, allocate, money, scaleHalfUp, sum } from './money.ts';

describe('money', () => {
  it('never mixes currencies', () => {
    expect(() => add(money(1, 'EUR'), money(1, 'USD'))).toThrow('Cannot combine EUR with USD');
    expect(sum('EUR', [money(100, 'EUR'), money(25, 'EUR')])).toEqual({ amount: 125, currency: 'EUR' });
  });

  it.each([12.5, Number.NaN, 2 ** 53])('refuses %s as an amount', (amount) => {
    expect(() => money(amount, 'EUR')).toThrow('whole minor units');
  });

  it.each([
    [5, 1, 2, 3],
    [4, 1, 2, 2],
    [-5, 1, 2, -3],
    [1999, 1900, 11900, 319],
    [2 ** 52, 3, 3, 2 ** 52],
  ])('scales %i by %i/%i half up to %i', (amount, numerator, denominator, expected) => {
    expect(scaleHalfUp(amount, numerator, denominator)).toBe(expected);
  });

  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [5, [10, 0, 30], [1, 0, 4]],
    [0, [3, 4], [0, 0]],
    [7, [0, 0], [0, 0]],
  ])('splits %i by %j into %j', (amount, weights, parts) => {
    expect(allocate(amount, weights)).toEqual(parts);
  });
});
