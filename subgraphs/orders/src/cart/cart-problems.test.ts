import { expect, it } from 'vitest';
import { problemsOf } from './cart-problems.ts';

const cart = {
  state: 'OPEN',
  buyerId: null,
  email: 'ada@example.com',
  shippingAddress: {
    recipient: 'Ada',
    line1: '1 Street',
    line2: null,
    city: 'Berlin',
    region: null,
    postalCode: null,
    country: 'DE',
    phone: null,
  },
  currency: 'EUR',
} as const;
const amount = { net: 100, tax: 20, gross: 120 };
const facts = {
  lines: [{ id: 'l', variantId: 'v', quantity: 2 }],
  quote: {
    lines: new Map([
      ['v', { variantId: 'v', unit: amount, subtotal: amount, total: amount, taxRate: 2_000 }],
    ]),
    unpricedVariantIds: [],
    discounts: [],
    rejectedCouponCodes: [],
    subtotal: amount,
    total: amount,
  },
  onSale: new Set(['v']),
  stock: new Map([['v', 2]]),
};
const codesOf = (...args: Parameters<typeof problemsOf>) => problemsOf(...args).map(({ code }) => code);

it('finds none in a cart that can be ordered', () => {
  expect(codesOf(cart, facts)).toEqual([]);
});

it('asks guests alone for an e-mail address', () => {
  expect(codesOf({ ...cart, email: null }, facts)).toEqual(['EMAIL_MISSING']);
  expect(codesOf({ ...cart, email: null, buyerId: 'u' }, facts)).toEqual([]);
});

it('says no more of a line than that its variant is gone', () => {
  const nothing = { ...facts.quote, lines: new Map() };
  expect(codesOf(cart, { ...facts, onSale: new Set(), quote: nothing, stock: new Map() })).toEqual([
    'VARIANT_GONE',
  ]);
});

it('takes stock that is not told for none', () => {
  expect(codesOf(cart, { ...facts, stock: new Map() })).toEqual(['INSUFFICIENT_STOCK']);
});

it('tells of nothing that could not be asked', () => {
  expect(codesOf(cart, { ...facts, quote: null, onSale: null, stock: null })).toEqual([
    'PRICING_UNAVAILABLE',
    'CATALOG_UNAVAILABLE',
    'INVENTORY_UNAVAILABLE',
  ]);
});

it('finds none in a cart that is closed', () => {
  expect(codesOf({ ...cart, state: 'ORDERED', shippingAddress: null }, { ...facts, lines: [] })).toEqual([]);
});
