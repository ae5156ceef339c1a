import { describe, expect, it, test } from 'vitest';
import { addToDraft, refusalOfQuantity, refusalOfStock } from './quantity.ts';

test.each([1, 1_000])('a quantity of %i will do', (quantity) => {
  expect(refusalOfQuantity(quantity, 'q')).toBeNull();
});

test.each([-1, 0, 1_001])('a quantity of %i will not', (quantity) => {
  expect(refusalOfQuantity(quantity, 'input.quantity')).toEqual({
    refused: 'invalid-input',
    field: 'input.quantity',
    expected: 'a quantity from 1 to 1000',
    found: String(quantity),
  });
});

test.each([
  ['less than there is', 2, 3, true],
  ['all there is', 3, 3, true],
  ['more than there is', 4, 3, false],
  ['of what there is none', 1, 0, false],
  ['what cannot be checked', 1_000, null, true],
])('asking for %s', (_, requested, available, isAllowed) => {
  const refusal = refusalOfStock('v', requested, available);
  if (isAllowed) expect(refusal).toBeNull();
  else {
    expect(refusal).toEqual({
      refused: 'insufficient-stock',
      shortages: [{ variantId: 'v', requested, available }],
    });
  }
});

describe('adding to a cart', () => {
  const draft = (held: readonly (readonly [string, number])[]) => {
    const set: [string, number][] = [];
    const lines = held.map(([variantId, quantity]) => ({ variantId, quantity }));
    return {
      set,
      draft: { lines, setLine: (variantId: string, quantity: number) => set.push([variantId, quantity]) },
    };
  };
  const hundred = Array.from({ length: 100 }, (_, index) => [`v${index}`, 1] as const);

  test.each([
    ['a new variant', [], 2, [['v', 2]]],
    ['more of one it holds', [['v', 3] as const], 2, [['v', 5]]],
    ['up to the most a line holds', [['v', 999] as const], 1, [['v', 1_000]]],
  ])('%s', (_, held, quantity, expected) => {
    const { draft: cart, set } = draft(held);
    expect(addToDraft(cart as never, { variantId: 'v', quantity }, null, 'q')).toBeNull();
    expect(set).toEqual(expected);
  });

  test.each([
    ['more than a line holds', [['v', 999] as const], 'v', 2],
    ['more lines than a cart has', hundred, 'v', 1],
  ])('refuses %s and sets nothing', (_, held, variantId, quantity) => {
    const { draft: cart, set } = draft(held);
    expect(addToDraft(cart as never, { variantId, quantity }, null, 'input.quantity')).toMatchObject({
      refused: 'invalid-input',
      field: 'input.quantity',
    });
    expect(set).toEqual([]);
  });

  it('adds to a line of a cart that is full', () => {
    const { draft: cart, set } = draft(hundred);
    expect(addToDraft(cart as never, { variantId: 'v7', quantity: 1 }, null, 'q')).toBeNull();
    expect(set).toEqual([['v7', 2]]);
  });

  it('counts what the cart holds against the stock', () => {
    const { draft: cart, set } = draft([['v', 3]]);
    expect(addToDraft(cart as never, { variantId: 'v', quantity: 2 }, 4, 'q')).toMatchObject({
      shortages: [{ requested: 5, available: 4 }],
    });
    expect(set).toEqual([]);
  });
});
