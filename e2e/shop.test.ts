import { demoAccounts, demoProducts } from '@stoa/seed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyer, newCustomer, signIn } from './buyer.ts';
import { bearer } from './client.ts';
import { type OpenShop, openShop } from './open-shop.ts';

let shop: OpenShop;
beforeAll(async () => {
  shop = await openShop();
}, 120_000);
afterAll(() => shop?.close());

/** A demo variant that is well stocked; each test takes its own. */
const stocked = demoProducts()
  .slice(0, 24)
  .flatMap(({ variants }) => variants);
const availableOf = async (id: string): Promise<number> => {
  const { data } = await shop.send('query ($id: ID!) { variant(id: $id) { availability { available } } }', {
    id,
  });
  return data.variant.availability.available;
};
const account = (role: string) => {
  const found = demoAccounts().find(({ roles }) => roles.at(-1) === role);
  if (found === undefined) throw new Error(`no demo account for ${role}`);
  return found;
};

describe('the shop', () => {
  it('lists products with prices and availability out of three subgraphs in one query', async () => {
    const { data, errors } = await shop.send(/* GraphQL */ `
      {
        products(first: 24) {
          totalCount
          nodes {
            name
            slug
            priceRange {
              min {
                gross {
                  amount
                  currency
                }
              }
            }
            variants {
              sku
              price {
                net { amount }
                tax { amount }
                gross { amount }
              }
              availability {
                inStock
                available
              }
            }
          }
        }
      }
    `);
    expect(errors).toEqual([]);
    expect(data.products.totalCount).toBe(1_000);
    expect(data.products.nodes).toHaveLength(24);
    for (const product of data.products.nodes) {
      expect(product.priceRange.min.gross.currency).toBe('EUR');
      expect(product.variants).toHaveLength(5);
      for (const { price, availability } of product.variants) {
        expect(price.net.amount + price.tax.amount).toBe(price.gross.amount);
        expect(availability.inStock).toBe(availability.available > 0);
      }
    }
  });

  it('shows prices in the currency and texts in the language that the client asks for', async () => {
    const [product] = demoProducts();
    const { data } = await shop.send(
      'query ($slug: String!) { product(slug: $slug) { name variants { price { gross { currency } } } } }',
      { slug: product?.slug },
      { 'x-currency': 'USD', 'accept-language': 'de-CH, en;q=0.5' },
    );
    expect(data.product.name).toBe(product?.translations.de.name);
    expect(data.product.variants[0].price.gross.currency).toBe('USD');
  });

  it('sells to somebody who signs up: cart, order, and the order under me', async () => {
    const customer = await newCustomer(shop.send);
    const [variant] = stocked;
    const before = await availableOf(variant?.id ?? '');
    const cartId = await customer.cartWith([{ variantId: variant?.id ?? '', quantity: 2 }]);

    const { data: carts } = await customer.send(
      '{ me { cart { id subtotal { amount } total { amount currency } tax { amount } problems { code } lines { quantity variant { sku } unitPrice { gross { amount } } } } } }',
    );
    expect(carts.me.cart).toMatchObject({
      id: cartId,
      total: { amount: 2 * (variant?.price.EUR ?? 0), currency: 'EUR' },
      problems: [],
      lines: [
        { quantity: 2, variant: { sku: variant?.sku }, unitPrice: { gross: { amount: variant?.price.EUR } } },
      ],
    });

    const { data, errors } = await customer.placeOrder(cartId, 'tok_approve', {
      expectedTotal: carts.me.cart.total,
    });
    expect(errors).toEqual([]);
    expect(data.placeOrder).toMatchObject({
      __typename: 'Order',
      state: 'PAID',
      lines: [{ sku: variant?.sku, quantity: 2 }],
      total: carts.me.cart.total,
      paymentStatus: 'PAID',
      payments: [{ state: 'CAPTURED', captured: { amount: carts.me.cart.total.amount } }],
    });
    expect(await availableOf(variant?.id ?? '')).toBe(before - 2);

    const { data: mine } = await customer.send(
      '{ me { cart { id } orders(first: 5) { totalCount nodes { number state history { to } payments { state } } } } }',
    );
    expect(mine.me.orders).toMatchObject({
      totalCount: 1,
      nodes: [{ number: data.placeOrder.number, state: 'PAID' }],
    });
    expect(mine.me.orders.nodes[0].history.map(({ to }: { to: string }) => to)).toEqual([
      'PENDING_PAYMENT',
      'PAID',
    ]);
    expect(mine.me.cart).toBeNull();
  });

  it('leaves the stock as it was when the card is declined, and takes another card', async () => {
    const guest = buyer(shop.send);
    const variant = stocked[1];
    const before = await availableOf(variant?.id ?? '');
    const cartId = await guest.cartWith([{ variantId: variant?.id ?? '', quantity: 3 }]);
    const declined = await guest.placeOrder(cartId, 'tok_decline');
    expect(declined.data.placeOrder).toMatchObject({
      __typename: 'PaymentDeclinedError',
      code: 'PAYMENT_DECLINED',
    });
    expect(await availableOf(variant?.id ?? '')).toBe(before);
    const { data: refused } = await guest.send(
      'query ($id: ID!) { order(id: $id) { state paymentStatus } }',
      { id: declined.data.placeOrder.orderId },
    );
    expect(refused.order).toMatchObject({ state: 'PAYMENT_FAILED', paymentStatus: 'FAILED' });

    const paid = await guest.placeOrder(cartId, 'tok_approve');
    expect(paid.data.placeOrder).toMatchObject({
      __typename: 'Order',
      state: 'PAID',
      id: declined.data.placeOrder.orderId,
    });
    expect(await availableOf(variant?.id ?? '')).toBe(before - 3);
  });

  it('finds the lines of a guest in the cart of the buyer who signs in', async () => {
    const guest = buyer(shop.send);
    const variant = stocked[2];
    const cartId = await guest.cartWith([{ variantId: variant?.id ?? '', quantity: 1 }]);
    const { email, password } = account('CUSTOMER');
    const token = await signIn(shop.send, email, password, cartId);
    const { data } = await shop.send(
      '{ me { email cart { lines { quantity variant { sku } } } } }',
      {},
      bearer(token),
    );
    expect(data.me).toMatchObject({
      email,
      cart: { lines: [{ quantity: 1, variant: { sku: variant?.sku } }] },
    });
    const { data: asGuest } = await guest.send('query ($id: ID!) { cart(id: $id) { id } }', { id: cartId });
    expect(asGuest.cart).toBeNull();
  });

  it('answers twenty orders at once under one key with one order and one payment', async () => {
    const guest = buyer(shop.send);
    const cartId = await guest.cartWith([{ variantId: stocked[3]?.id ?? '', quantity: 1 }]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        guest.placeOrder(cartId, 'tok_approve', { idempotencyKey: 'twenty-at-once' }),
      ),
    );
    const numbers = new Set(answers.map(({ data }) => data.placeOrder.number));
    expect(numbers.size).toBe(1);
    expect(answers[0]?.data.placeOrder.payments).toHaveLength(1);
  });

  it('sells the last one once to fifty who want it', async () => {
    const last = demoProducts()
      .flatMap(({ variants }) => variants)
      .find(({ stock }) => Object.values(stock).reduce((a, b) => a + b, 0) === 1);
    const buyers = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const guest = buyer(shop.send);
        return { guest, cartId: await guest.cartWith([{ variantId: last?.id ?? '', quantity: 1 }]) };
      }),
    );
    const answers = await Promise.all(
      buyers.map(({ guest, cartId }) => guest.placeOrder(cartId, 'tok_approve')),
    );
    const kinds = answers.map(({ data }) => data.placeOrder.__typename);
    expect(kinds.filter((kind) => kind === 'Order')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'InsufficientStockError')).toHaveLength(49);
    expect(await availableOf(last?.id ?? '')).toBe(0);
  });

  it('lets staff change a price, and the next buyer sees it', async () => {
    const { email, password } = account('STAFF');
    const token = await signIn(shop.send, email, password);
    const variant = stocked[4];
    const set = await shop.send(
      'mutation ($input: SetPriceInput!) { setPrice(input: $input) { __typename ... on UserError { message } } }',
      { input: { variantId: variant?.id, amount: { amount: 4_242, currency: 'EUR' } } },
      bearer(token),
    );
    expect(set.errors).toEqual([]);
    const { data } = await shop.send('query ($id: ID!) { variant(id: $id) { price { gross { amount } } } }', {
      id: variant?.id,
    });
    expect(data.variant.price.gross.amount).toBe(4_242);
  });
});
