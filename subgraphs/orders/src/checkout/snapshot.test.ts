import { expect, test } from 'vitest';
import { hashOf } from '../hash-of.ts';
import type { Snapshot } from './snapshot.ts';

const address = {
  recipient: 'Ada',
  line1: '1 Street',
  line2: null,
  city: 'Berlin',
  region: null,
  postalCode: null,
  country: 'DE',
  phone: null,
};
const amount = { net: 100, tax: 20, gross: 120 };
const line = {
  variantId: 'v',
  sku: 's',
  name: 'n',
  quantity: 1,
  unit: amount,
  total: amount,
  taxRate: 2_000,
};
const snapshot: Snapshot = {
  buyerId: null,
  email: 'ada@example.com',
  currency: 'EUR',
  shippingAddress: address,
  billingAddress: address,
  lines: [line],
  discounts: [],
  subtotal: 120,
  shipping: 0,
  tax: 20,
  total: 120,
};

test('two snapshots that say the same are equal, in whatever order their parts come', () => {
  const reversed = Object.fromEntries(Object.entries(snapshot).reverse());
  expect(hashOf({ ...(reversed as object), ...snapshot })).toBe(hashOf(snapshot));
});

test.each<[string, Partial<Snapshot>]>([
  ['buyer', { buyerId: 'u' }],
  ['e-mail address', { email: null }],
  ['address', { shippingAddress: { ...address, line2: 'Rear' } }],
  ['quantity', { lines: [{ ...line, quantity: 2 }] }],
  ['order of lines', { lines: [line, { ...line, variantId: 'w' }] }],
  ['price', { lines: [{ ...line, unit: { net: 100, tax: 21, gross: 121 } }] }],
  ['discount', { discounts: [{ name: 'd', couponCode: null, amount: 1 }] }],
  ['total', { total: 121 }],
])('another %s makes another', (_, change) => {
  expect(hashOf({ ...snapshot, ...change })).not.toBe(hashOf(snapshot));
});
