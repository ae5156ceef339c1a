import { contextHeader, signContext } from '@stoa/identity';
import { demoProducts } from '@stoa/seed';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyer, newCustomer } from './buyer.ts';
import { bearer } from './client.ts';
import { type OpenShop, openShop } from './open-shop.ts';

const secret = 'the context secret of these tests, long enough';
let shop: OpenShop;
beforeAll(async () => {
  shop = await openShop({ STOA_CONTEXT_SECRET: secret, BODY_LIMIT_BYTES: '20000' });
}, 120_000);
afterAll(() => shop?.close());

const variants = demoProducts()
  .slice(0, 24)
  .flatMap(({ variants: all }) => all);
const variantId = (index: number) => variants[index]?.id ?? '';

describe('a request that is wrong as a whole', () => {
  it.each([
    ['malformed JSON', '{"query": "{ me', 400, 'not valid JSON'],
    [
      'a body over the limit',
      JSON.stringify({ query: `{ me { id } } #${'x'.repeat(30_000)}` }),
      413,
      'at most 20000 bytes',
    ],
    [
      'an unknown field',
      JSON.stringify({ query: '{ products { nodes { colour } } }' }),
      400,
      'Cannot query field "colour" on type "Product"',
    ],
    [
      'a wrong type',
      JSON.stringify({ query: '{ products(first: "ten") { nodes { id } } }' }),
      400,
      'Int cannot represent non-integer value: "ten"',
    ],
    [
      'a variable of the wrong type',
      JSON.stringify({ query: 'query ($id: ID!) { product(id: $id) { id } }', variables: { id: [1, 2] } }),
      400,
      'ID cannot represent',
    ],
  ])('%s: says what was expected', async (_, payload, status, message) => {
    const response = await shop.raw({ payload });
    expect(response.statusCode).toBe(status);
    expect(response.json().errors[0].message).toContain(message);
  });
});

describe('a token that is not good', () => {
  it.each([
    [
      'expired',
      (claims: jwt.JwtPayload) => jwt.sign({ ...claims, exp: 1 }, 'x'.repeat(32)),
      'expected one signed with ES256',
    ],
    [
      'unsigned (alg none)',
      (claims: jwt.JwtPayload) => jwt.sign(claims, '', { algorithm: 'none' }),
      'expected one signed with ES256',
    ],
    [
      'signed with a shared secret',
      (claims: jwt.JwtPayload) => jwt.sign(claims, secret),
      'expected one signed with ES256',
    ],
  ])('%s: is refused', async (_, forge, message) => {
    const { accessToken } = await newCustomer(shop.send);
    const claims = jwt.decode(accessToken, { json: true }) ?? {};
    const answer = await shop.send('{ me { id } }', {}, bearer(forge(claims)));
    expect(answer.status).toBe(401);
    expect(answer.errors[0]).toMatchObject({
      message: expect.stringContaining(message),
      extensions: { code: 'INVALID_TOKEN' },
    });
  });

  it('one whose payload was changed is refused', async () => {
    const { accessToken } = await newCustomer(shop.send);
    const [header, payload = '', signature] = accessToken.split('.');
    const changed = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), roles: ['ADMIN'] };
    const forged = [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
    const answer = await shop.send('{ me { id } }', {}, bearer(forged));
    expect(answer.errors[0]?.message).toContain('its signature is wrong');
  });
});

describe('identity that does not come from the router', () => {
  const admin = () =>
    signContext(
      {
        viewer: {
          kind: 'user',
          id: 'admin',
          roles: ['CUSTOMER', 'STAFF', 'ADMIN'],
          scopes: [],
          sessionId: null,
        },
        requestId: 'r',
        channel: 'default',
        currency: 'EUR',
        locale: 'en',
      },
      secret,
    );

  it('is ignored when a client sends the context header itself', async () => {
    const { data, errors } = await shop.send(
      '{ me { id } orders { totalCount } }',
      {},
      { [contextHeader]: admin() },
    );
    expect(data?.me ?? null).toBeNull();
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) }),
      ]),
    );
  });

  it.each([
    ['none', undefined, 'Expected a signed x-stoa-context header'],
    ['nonsense', 'nonsense', 'its signature or form is wrong'],
    [
      'one of another secret',
      signContext(
        {
          viewer: { kind: 'guest', id: null, roles: [], scopes: [], sessionId: null },
          requestId: 'r',
          channel: 'd',
          currency: 'EUR',
          locale: 'en',
        },
        'another secret that is long enough too',
      ),
      'its signature or form is wrong',
    ],
  ])('is refused by every subgraph when its context is %s', async (_, context, message) => {
    for (const subgraph of shop.shop.subgraphs) {
      await expect(subgraph.execute({ query: '{ __typename }' }, context), subgraph.name).rejects.toThrow(
        message,
      );
    }
  });
});

describe('arguments that are wrong', () => {
  it('a page that is too large: says the maximum', async () => {
    const { errors } = await shop.send('{ products(first: 101) { nodes { id } } }');
    expect(errors[0]).toMatchObject({
      message: 'Expected `first` from 1 to 100, found 101',
      extensions: { code: 'PAGE_SIZE_OUT_OF_RANGE', maximum: 100 },
    });
  });

  it('a cursor that was tampered with: says to start again', async () => {
    const { data } = await shop.send('{ products(first: 1) { pageInfo { endCursor } } }');
    const cursor: string = data.products.pageInfo.endCursor;
    const tampered = `${cursor.slice(0, -3)}${cursor.at(-3) === 'A' ? 'B' : 'A'}${cursor.slice(-2)}`;
    const { errors } = await shop.send(
      'query ($after: String) { products(after: $after) { nodes { id } } }',
      { after: tampered },
    );
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('start again without one'),
      extensions: { code: 'INVALID_CURSOR' },
    });
  });

  it.each([0, -1])('a quantity of %i: leaves the cart as it was', async (quantity) => {
    const guest = buyer(shop.send);
    const cartId = await guest.cartWith([{ variantId: variantId(0), quantity: 1 }]);
    const { data } = await guest.send(
      'mutation ($input: AddItemToCartInput!) { addItemToCart(input: $input) { __typename ... on InvalidInputError { message field } } }',
      { input: { cartId, variantId: variantId(1), quantity } },
    );
    expect(data.addItemToCart).toMatchObject({ __typename: 'InvalidInputError', field: 'input.quantity' });
    const { data: after } = await guest.send('query ($id: ID!) { cart(id: $id) { lines { quantity } } }', {
      id: cartId,
    });
    expect(after.cart.lines).toEqual([{ quantity: 1 }]);
  });

  it('an unknown sku: is null, and an unknown variant cannot be put into a cart', async () => {
    const guest = buyer(shop.send);
    expect((await guest.send('{ variant(sku: "NO-SUCH-SKU") { id } }')).data).toEqual({ variant: null });
    const cartId = await guest.cartWith([{ variantId: variantId(0), quantity: 1 }]);
    const { data } = await guest.send(
      'mutation ($input: AddItemToCartInput!) { addItemToCart(input: $input) { __typename ... on VariantNotFoundError { variantId message } } }',
      { input: { cartId, variantId: '01900000-0000-7000-8000-000000000000', quantity: 1 } },
    );
    expect(data.addItemToCart.__typename).toBe('VariantNotFoundError');
  });
});

describe('buying what cannot be bought', () => {
  it('an empty cart: no order', async () => {
    const guest = buyer(shop.send);
    const cartId = await guest.cartWith([]);
    const { data } = await guest.placeOrder(cartId, 'tok_approve');
    expect(data.placeOrder).toMatchObject({ __typename: 'CartEmptyError', code: 'CART_EMPTY' });
  });

  it("somebody else's cart: cannot be seen, changed or bought, and stays as it was", async () => {
    const [owner, thief] = await Promise.all([newCustomer(shop.send), newCustomer(shop.send)]);
    const cartId = await owner.cartWith([{ variantId: variantId(5), quantity: 1 }]);
    expect(
      (await thief.send('query ($id: ID!) { cart(id: $id) { id } }', { id: cartId })).data.cart,
    ).toBeNull();
    const { data } = await thief.send(
      'mutation ($input: AddItemToCartInput!) { addItemToCart(input: $input) { __typename } }',
      { input: { cartId, variantId: variantId(6), quantity: 1 } },
    );
    expect(data.addItemToCart.__typename).toBe('CartNotFoundError');
    expect((await thief.placeOrder(cartId, 'tok_approve')).data.placeOrder.__typename).toBe(
      'CartNotFoundError',
    );
    const { data: after } = await owner.send('{ me { cart { lines { quantity } } orders { totalCount } } }');
    expect(after.me).toEqual({ cart: { lines: [{ quantity: 1 }] }, orders: { totalCount: 0 } });
  });

  it('more than there is: says how many there are', async () => {
    const soldOut = demoProducts()
      .flatMap(({ variants: all }) => all)
      .find(({ stock }) => Object.values(stock).every((units) => units === 0));
    const guest = buyer(shop.send);
    const cartId = await guest.cartWith([]);
    const { data } = await guest.send(
      'mutation ($input: AddItemToCartInput!) { addItemToCart(input: $input) { __typename ... on InsufficientStockError { available requested } } }',
      { input: { cartId, variantId: soldOut?.id, quantity: 1 } },
    );
    expect(data.addItemToCart).toEqual({ __typename: 'InsufficientStockError', available: 0, requested: 1 });
  });

  it.each([
    ['a card that is declined', 'tok_decline', 'PaymentDeclinedError'],
    ['a card that needs its holder', 'tok_action', 'PaymentActionRequiredError'],
    ['a card that nobody knows', 'tok_unknown', 'PaymentDeclinedError'],
  ])('%s: a typed error', async (_, token, type) => {
    const guest = buyer(shop.send);
    const cartId = await guest.cartWith([{ variantId: variantId(10), quantity: 1 }]);
    expect((await guest.placeOrder(cartId, token)).data.placeOrder.__typename).toBe(type);
  });

  it("another buyer's order and payments: not by id, number, me or payment", async () => {
    const [owner, other] = await Promise.all([newCustomer(shop.send), newCustomer(shop.send)]);
    const cartId = await owner.cartWith([{ variantId: variantId(12), quantity: 1 }]);
    const { data } = await owner.placeOrder(cartId, 'tok_approve');
    const { id, number } = data.placeOrder;
    const look = await other.send(
      'query ($id: ID!, $number: String!) { byId: order(id: $id) { id payments { id } } byNumber: order(number: $number) { id } }',
      { id, number },
    );
    expect(look.data).toEqual({ byId: null, byNumber: null });
    const { data: asGuest } = await shop.send('query ($id: ID!) { order(id: $id) { id } }', { id });
    expect(asGuest.order).toBeNull();
  });
});
