import { newId } from '@stoa/clock';
import type { Viewer } from '@stoa/identity';
import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

describe.each(databaseEngines)('who sees what, on $engine', ({ freshUrl }) => {
  let world: OrdersWithFakes;
  const owner = customer(newId());
  const other = customer(newId());
  let own: { cartId: string; orderId: string; number: string; lineId: string };
  let guests: { cartId: string; orderId: string; number: string; lineId: string };

  beforeAll(async () => {
    world = await ordersWithFakes({ databaseUrl: freshUrl() });
    const shirt = world.shop.withVariant({ stock: 100 });
    const buys = async (as?: Viewer) => {
      const shopper = buyer(world.subgraph, as);
      const order = await shopper.placeOrder(await shopper.prepares([shirt, 1]));
      const { id: cartId } = await shopper.fills([shirt, 1]);
      return { cartId, orderId: order.id, number: order.number, lineId: order.lines[0].id };
    };
    own = await buys(owner);
    guests = await buys();
  });
  afterAll(() => world.stop());

  const viewers: readonly (readonly [string, Viewer | undefined])[] = [
    ['the owner', owner],
    ['another user', other],
    ['a guest', undefined],
    ['staff', staff()],
  ];
  const seesOwn = (who: string) => who === 'the owner' || who === 'staff';

  it.each(viewers)("a user's cart and order, by query: %s", async (who, as) => {
    const { data, errors } = await world.subgraph.query(
      `query ($cart: ID!, $order: ID!, $number: String!) {
        cart(id: $cart) { id } byId: order(id: $order) { id } byNumber: order(number: $number) { id } }`,
      { cart: own.cartId, order: own.orderId, number: own.number },
      as,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual(
      seesOwn(who)
        ? { cart: { id: own.cartId }, byId: { id: own.orderId }, byNumber: { id: own.orderId } }
        : { cart: null, byId: null, byNumber: null },
    );
  });

  it.each(viewers)("a user's cart, order and lines, as entities: %s", async (who, as) => {
    const representations = [
      { __typename: 'Cart', id: own.cartId },
      { __typename: 'Order', id: own.orderId },
      { __typename: 'Order', number: own.number },
      { __typename: 'OrderLine', id: own.lineId },
    ];
    const { data } = await world.subgraph.entities(
      representations,
      '... on Cart { id } ... on Order { id } ... on OrderLine { id }',
      as,
    );
    expect(data.map((entity) => entity?.id ?? null)).toEqual(
      seesOwn(who) ? [own.cartId, own.orderId, own.orderId, own.lineId] : [null, null, null, null],
    );
  });

  it.each(viewers)(
    "a guest's cart and order by their ids, the number telling staff alone: %s",
    async (who, as) => {
      const representations = [
        { __typename: 'Cart', id: guests.cartId },
        { __typename: 'Order', id: guests.orderId },
        { __typename: 'Order', number: guests.number },
        { __typename: 'OrderLine', id: guests.lineId },
      ];
      const { data } = await world.subgraph.entities(
        representations,
        '... on Cart { id } ... on Order { id } ... on OrderLine { id }',
        as,
      );
      const byNumber = who === 'staff' ? guests.orderId : null;
      expect(data.map((entity) => entity?.id ?? null)).toEqual([
        guests.cartId,
        guests.orderId,
        byNumber,
        guests.lineId,
      ]);
      const { data: found } = await world.subgraph.query(
        'query ($id: ID!, $number: String!) { byId: order(id: $id) { id } byNumber: order(number: $number) { id } }',
        { id: guests.orderId, number: guests.number },
        as,
      );
      expect(found).toEqual({
        byId: { id: guests.orderId },
        byNumber: byNumber === null ? null : { id: byNumber },
      });
    },
  );

  it.each(viewers)("a user's cart and orders, by the user: %s", async (who, as) => {
    const { data } = await world.subgraph.entities(
      [{ __typename: 'User', id: owner.id }],
      '... on User { id cart { id } orders { nodes { id } totalCount } }',
      as,
    );
    expect(data).toMatchObject([
      seesOwn(who)
        ? { id: owner.id, cart: { id: own.cartId }, orders: { nodes: [{ id: own.orderId }], totalCount: 1 } }
        : { id: owner.id, cart: null, orders: null },
    ]);
  });

  it.each(viewers)("nobody but the owner changes a user's cart: %s", async (who, as) => {
    const shopper = buyer(world.subgraph, as);
    const mutations: readonly (readonly [string, object])[] = [
      ['addItemToCart', { variantId: world.shop.withVariant(), quantity: 1 }],
      ['removeCartLine', { lineId: newId() }],
      ['updateCartLine', { lineId: newId(), quantity: 1 }],
      ['setCartEmail', { email: 'other@example.com' }],
      ['applyCoupon', { code: 'X' }],
      ['removeCoupon', { code: 'X' }],
      ['setBillingAddress', { address: null }],
    ];
    for (const [mutation, input] of mutations) {
      const answer = await shopper.mutate(mutation, { cartId: own.cartId, ...input });
      if (who === 'the owner') expect(answer).not.toMatchObject({ code: 'CART_NOT_FOUND' });
      else expect(answer).toMatchObject({ __typename: 'CartNotFoundError' });
    }
  });

  it('answers null for what there is not, in its place', async () => {
    const { data, errors } = await world.subgraph.entities(
      [
        { __typename: 'Order', id: newId() },
        { __typename: 'Order', id: guests.orderId },
        { __typename: 'Order', id: 'nonsense' },
        { __typename: 'Order', number: 'S-1999-000000' },
        { __typename: 'Cart', id: 'nonsense' },
        { __typename: 'OrderLine', id: newId() },
      ],
      '... on Order { id }',
    );
    expect(errors).toEqual([]);
    expect(data.map((entity) => entity?.id ?? null)).toEqual([null, guests.orderId, null, null, null, null]);
  });

  it.each([
    ['neither', '{ order { id } }'],
    ['both', `{ order(id: "${newId()}", number: "S-2026-000001") { id } }`],
  ])('asks for exactly one of id and number: %s', async (_, query) => {
    const { errors } = await world.subgraph.query(query);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});
