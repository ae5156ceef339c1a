import { newId } from '@stoa/clock';
import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';

const stockItems = `query (
  $first: Int, $after: String, $last: Int, $before: String, $filter: StockItemFilterInput
) {
  stockItems(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    nodes { id variant { id availability { available } } location { code } onHand reserved available }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
  }
}`;

const reservation = `query ($id: ID!) {
  reservation(id: $id) {
    id orderId state expiresAt createdAt
    lines { variant { id } quantity allocations { location { code } quantity } }
  }
}`;

describe.each(databaseEngines)('reading stock on $engine', ({ freshUrl }) => {
  let shop: OpenInventory;
  let variants: readonly string[];
  let held: { id: string; orderId: string };
  beforeAll(async () => {
    shop = await openInventory(freshUrl());
    variants = [
      await shop.variantWith({ berlin: 4, leeds: 2 }),
      await shop.variantWith({ berlin: 0 }),
      await shop.variantWith({ leeds: 1 }),
    ];
    held = await shop.reserve({ [String(variants[0])]: 5, [String(variants[2])]: 1 });
  });
  afterAll(() => shop.stop());
  const list = (variables: Record<string, unknown>) => shop.query(stockItems, variables, staff());

  it('lists items in the order in which they were recorded, page by page', async () => {
    const { data } = await list({ first: 3 });
    expect(data.stockItems).toMatchObject({
      nodes: [
        { variant: { id: variants[0] }, location: { code: 'berlin' }, onHand: 4, reserved: 4, available: 0 },
        { variant: { id: variants[0] }, location: { code: 'leeds' }, onHand: 2, reserved: 1, available: 1 },
        { variant: { id: variants[1] }, location: { code: 'berlin' }, onHand: 0, reserved: 0, available: 0 },
      ],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
      totalCount: 4,
    });
    const next = await list({ first: 3, after: data.stockItems.pageInfo.endCursor });
    expect(next.data.stockItems).toMatchObject({
      nodes: [{ variant: { id: variants[2], availability: { available: 0 } } }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
    const back = await list({ last: 2, before: next.data.stockItems.pageInfo.startCursor });
    expect(back.data.stockItems).toMatchObject({
      nodes: data.stockItems.nodes.slice(1),
      pageInfo: { hasNextPage: true, hasPreviousPage: true },
    });
  });

  it.each([
    ['a variant', () => ({ variantId: variants[0] }), [0, 0]],
    ['a location', () => ({ locationId: shop.locations.leeds }), [0, 2]],
    ['what is sold out', () => ({ outOfStock: true }), [0, 1, 2]],
    ['what is not sold out', () => ({ outOfStock: false }), [0]],
    ['several at once', () => ({ outOfStock: true, locationId: shop.locations.leeds }), [2]],
    ['nothing that exists', () => ({ variantId: newId() }), []],
  ])('filters by %s', async (_, filter, expected) => {
    const { data } = await list({ filter: filter() });
    const found = data.stockItems.nodes.map((node: { variant: { id: string } }) => node.variant.id);
    expect(found).toEqual(expected.map((index) => variants[index]));
    expect(data.stockItems.totalCount).toBe(expected.length);
  });

  it('reads a page with its locations and availability by a fixed number of statements', async () => {
    const document = '{ stockItems { nodes { location { code } variant { availability { available } } } } }';
    const statements = await shop.statementsOf(() => shop.query(document, {}, staff()));
    expect(statements).toHaveLength(3);
  });

  it.each([101, 0, -1])('refuses a page of %i', async (first) => {
    const { errors } = await list({ first });
    expect(errors).toMatchObject([{ extensions: { code: 'PAGE_SIZE_OUT_OF_RANGE', maximum: 100 } }]);
    expect(errors[0]?.message).toContain('Expected `first` from 1 to 100');
  });

  it('refuses a cursor that was tampered with', async () => {
    const { data } = await list({ first: 1 });
    const cursor: string = data.stockItems.pageInfo.endCursor;
    const { errors } = await list({ after: `${cursor.slice(0, -2)}AA` });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  });

  it('shows a reservation with what it keeps where, and until when', async () => {
    const { data } = await shop.query(reservation, { id: held.id }, staff());
    expect(data.reservation).toEqual({
      id: held.id,
      orderId: held.orderId,
      state: 'HELD',
      createdAt: '2026-01-01T00:00:00.000Z',
      expiresAt: '2026-01-01T00:15:00.000Z',
      lines: [
        {
          variant: { id: variants[0] },
          quantity: 5,
          allocations: expect.arrayContaining([
            { location: { code: 'berlin' }, quantity: 4 },
            { location: { code: 'leeds' }, quantity: 1 },
          ]),
        },
        {
          variant: { id: variants[2] },
          quantity: 1,
          allocations: [{ location: { code: 'leeds' }, quantity: 1 }],
        },
      ],
    });
  });

  it('shows one that was released before it was made as what it is', async () => {
    const id = newId();
    await shop.rpc.release({ reservationId: id });
    const { data } = await shop.query(reservation, { id }, staff());
    expect(data.reservation).toMatchObject({ state: 'RELEASED', orderId: null, expiresAt: null, lines: [] });
  });

  it('has no reservation under an id that nobody used', async () => {
    const { data, errors } = await shop.query(reservation, { id: newId() }, staff());
    expect(data).toEqual({ reservation: null });
    expect(errors).toEqual([]);
  });

  describe('as entities', () => {
    const representationsOf = async () => {
      const { data } = await list({ first: 2 });
      return data.stockItems.nodes.map(({ id }: { id: string }) => ({ __typename: 'StockItem', id }));
    };

    it('are given to staff in order, each type by one statement, and null where there is none', async () => {
      const [first, second] = await representationsOf();
      const missing = { __typename: 'StockItem', id: newId() };
      let onHand: unknown;
      const statements = await shop.statementsOf(async () => {
        const { data } = await shop.entities(
          [second, missing, first, second],
          '... on StockItem { onHand }',
          staff(),
        );
        onHand = data.map((item) => item?.onHand ?? null);
      });
      expect(onHand).toEqual([2, null, 4, 2]);
      expect(statements).toHaveLength(1);
    });

    it.each([
      ['a guest', undefined],
      ['a customer', customer('c-1')],
    ])('are null to %s, as if there were none', async (_, viewer) => {
      const representations = [
        ...(await representationsOf()),
        { __typename: 'StockLocation', id: shop.locations.berlin },
        { __typename: 'Reservation', id: held.id },
      ];
      const { data, errors } = await shop.entities(
        representations,
        '... on StockItem { onHand } ... on StockLocation { name } ... on Reservation { orderId }',
        viewer,
      );
      expect(data).toEqual([null, null, null, null]);
      expect(errors).toEqual([]);
    });

    it('give staff reservations with their lines and locations by a fixed number of statements', async () => {
      const other = await shop.reserve({ [String(variants[0])]: 1 });
      const representations = [held, other].map(({ id }) => ({ __typename: 'Reservation', id }));
      const selection = '... on Reservation { state lines { allocations { location { code } } } }';
      let states: unknown;
      const statements = await shop.statementsOf(async () => {
        const { data } = await shop.entities(representations, selection, staff());
        states = data.map(({ state }) => state);
      });
      expect(states).toEqual(['HELD', 'HELD']);
      expect(statements).toHaveLength(3);
    });
  });
});
