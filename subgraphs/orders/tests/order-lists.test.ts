import { fixedClock, newId } from '@stoa/clock';
import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

const aMinuteMs = 60_000;

describe.each(databaseEngines)('lists of orders on $engine', ({ freshUrl }) => {
  let world: OrdersWithFakes;
  const clock = fixedClock('2026-03-01T12:00:00.000Z');
  const users = [newId(), newId()] as const;
  /** In the order in which they were placed; the last two at the same moment. */
  const numbers: string[] = [];

  beforeAll(async () => {
    world = await ordersWithFakes({ databaseUrl: freshUrl(), clock });
    const shirt = world.shop.withVariant({ stock: 100 });
    const place = async (userId: string, token?: string) => {
      const user = buyer(world.subgraph, customer(userId));
      const cartId = await user.prepares([shirt, 1]);
      await user.mutate('setCartEmail', { cartId, email: `of-${userId}@example.com` });
      const answer = await user.placeOrder(cartId, token === undefined ? {} : { token });
      const order = await user.order(answer.id ?? answer.orderId);
      numbers.push(order.number);
      clock.advance(aMinuteMs);
    };
    await place(users[0]);
    await place(users[1]);
    await place(users[0]);
    await place(users[1]);
    await place(users[0]);
    clock.advance(-aMinuteMs);
    await place(users[1], 'tok_decline');
  });
  afterAll(() => world.stop());

  const list = async (args: string, as = staff()) =>
    world.subgraph.query(
      `{ orders(${args}) { nodes { number } totalCount edges { cursor }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      {},
      as,
    );
  const numbersOf = ({ nodes }: { nodes: { number: string }[] }) => nodes.map(({ number }) => number);

  it('are for staff', async () => {
    const { errors } = await list('first: 1', customer(users[0]));
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const guests = await world.subgraph.query('{ orders { nodes { id } } }');
    expect(guests.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('go page by page from the newest, also where two are of one moment', async () => {
    const seen: string[] = [];
    let after = '';
    for (let page = 1; page <= 3; page += 1) {
      const { data } = await list(`first: 2 ${after}`);
      expect(data.orders).toMatchObject({ totalCount: 6, pageInfo: { hasNextPage: page < 3 } });
      seen.push(...numbersOf(data.orders));
      after = `after: "${data.orders.pageInfo.endCursor}"`;
    }
    expect(seen).toEqual([...numbers].reverse());
  });

  it('go backwards from the oldest', async () => {
    const { data } = await list('last: 2');
    expect(numbersOf(data.orders)).toEqual([numbers[1], numbers[0]]);
    const { data: before } = await list(`last: 2, before: "${data.orders.pageInfo.startCursor}"`);
    expect(numbersOf(before.orders)).toEqual([numbers[3], numbers[2]]);
    expect(before.orders.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
  });

  it.each([
    ['states: [PAYMENT_FAILED]', () => [numbers[5]]],
    [`email: "OF-${users[1]}@example.com", states: [PAID]`, () => [numbers[3], numbers[1]]],
    ['placedAfter: "2026-03-01T12:04:00Z"', () => [numbers[5], numbers[4]]],
    ['placedBefore: "2026-03-01T12:01:00Z"', () => [numbers[0]]],
    ['states: []', () => []],
  ])('can be narrowed: %s', async (filter, expected) => {
    const { data, errors } = await list(`filter: { ${filter} }`);
    expect(errors).toEqual([]);
    expect(numbersOf(data.orders)).toEqual(expected());
    expect(data.orders.totalCount).toBe(expected().length);
  });

  it('count only when asked', async () => {
    const statements = await world.subgraph.statementsOf(() =>
      world.subgraph.query('{ orders { nodes { number } } }', {}, staff()),
    );
    expect(statements).toHaveLength(1);
  });

  it.each([
    ['more than the maximum', 'first: 101', 'PAGE_SIZE_OUT_OF_RANGE'],
    ['none', 'first: 0', 'PAGE_SIZE_OUT_OF_RANGE'],
    ['a cursor that was tampered with', 'after: "bm9uc2Vuc2U"', 'INVALID_CURSOR'],
  ])('refuse %s', async (_, args, code) => {
    expect((await list(args)).errors).toMatchObject([{ extensions: { code } }]);
    const { errors } = await world.subgraph.entities(
      [{ __typename: 'User', id: users[0] }],
      `... on User { orders(${args}) { nodes { id } } }`,
      staff(),
    );
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });

  it('of users go page by page for each, in one query for all', async () => {
    const representations = users.map((id) => ({ __typename: 'User', id }));
    const page = async (args: string) => {
      let data: { orders: { nodes: { number: string }[]; pageInfo: Record<string, unknown> } }[] = [];
      const statements = await world.subgraph.statementsOf(async () => {
        const selection = `... on User { orders(${args}) { nodes { number } pageInfo { hasNextPage endCursor } } }`;
        ({ data } = (await world.subgraph.entities(representations, selection, staff())) as never);
      });
      expect(statements).toHaveLength(1);
      return data.map(({ orders }) => orders);
    };
    const first = await page('first: 2');
    expect(first.map(numbersOf)).toEqual([
      [numbers[4], numbers[2]],
      [numbers[5], numbers[3]],
    ]);
    expect(first.map(({ pageInfo }) => pageInfo['hasNextPage'])).toEqual([true, true]);
    const second = await page(`first: 2, after: "${first[0]?.pageInfo['endCursor']}"`);
    expect(second.map(numbersOf)).toEqual([[numbers[0]], [numbers[1]]]);
    expect((await page('last: 1')).map(numbersOf)).toEqual([[numbers[0]], [numbers[1]]]);
  });

  it('of users are read no further than the page of each, however many orders a user has', async () => {
    const representations = users.map((id) => ({ __typename: 'User', id }));
    const statements = await world.subgraph.statementsOf(async () => {
      await world.subgraph.entities(
        representations,
        '... on User { orders(first: 1) { nodes { id } } }',
        staff(),
      );
    });
    expect(statements.map((statement) => statement.match(/\blimit\b/g)?.length)).toEqual([users.length]);
  });

  it('of users count for all in one query', async () => {
    const representations = users.map((id) => ({ __typename: 'User', id }));
    const statements = await world.subgraph.statementsOf(async () => {
      const { data } = await world.subgraph.entities(
        representations,
        '... on User { orders(first: 1) { totalCount } }',
        staff(),
      );
      expect(data.map((user) => user.orders.totalCount)).toEqual([3, 3]);
    });
    expect(statements).toHaveLength(2);
  });

  it('cost one query a type, however many orders, lines and entries there are', async () => {
    const statements = await world.subgraph.statementsOf(async () => {
      const { data } = await world.subgraph.query(
        '{ orders { nodes { number lines { sku } history { to } total { amount } } } }',
        {},
        staff(),
      );
      expect(data.orders.nodes).toHaveLength(6);
    });
    expect(statements).toHaveLength(3);
  });

  it('resolve many entities with one query a type', async () => {
    const { data } = await world.subgraph.query(
      '{ orders { nodes { id number lines { id } } } }',
      {},
      staff(),
    );
    const ids: { id: string; number: string; lines: { id: string }[] }[] = data.orders.nodes;
    const representations = [
      ...ids.map(({ id }) => ({ __typename: 'Order', id })),
      ...ids.map(({ number }) => ({ __typename: 'Order', number })),
      ...ids.flatMap(({ lines }) => lines.map(({ id }) => ({ __typename: 'OrderLine', id }))),
      ...users.map((id) => ({ __typename: 'User', id })),
    ];
    const statements = await world.subgraph.statementsOf(async () => {
      await world.subgraph.entities(
        representations,
        '... on Order { state } ... on OrderLine { sku } ... on User { cart { id lines { quantity } } }',
        staff(),
      );
    });
    // Orders by id, orders by number, order lines, open carts, the lines of the cart that is open.
    expect(statements).toHaveLength(5);
  });
});
