import { describe, expect, it } from 'vitest';
import { checkBooks } from './shelf.ts';

const before = { units: 1_000, paid: 5, orders: 5 };

describe('the books', () => {
  it('agree when every order is paid and took one unit', () => {
    expect(() => checkBooks(before, { units: 997, paid: 8, orders: 8 }, 3)).not.toThrow();
  });

  it.each([
    ['an order is not paid', { units: 997, paid: 7, orders: 8 }],
    ['units are missing', { units: 996, paid: 8, orders: 8 }],
    ['a unit was sold twice', { units: 998, paid: 8, orders: 8 }],
    ['an order is there that nobody was told of', { units: 997, paid: 8, orders: 9 }],
  ])('do not when %s', (_, after) => {
    expect(() => checkBooks(before, after, 3)).toThrow('told of 3 paid orders');
  });
});
