import { demoLocations, demoProducts } from '@stoa/seed';
import { databaseEngines, fullScansOf, staff, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inventory as inventorySubgraph } from '../src/subgraph.ts';
import { type OpenInventory, openInventory } from './open-inventory.ts';

// What a purchase costs here, those statements that begin and end transactions among them.
describe.each(databaseEngines)('the statements of a reservation on $engine', ({ freshUrl }) => {
  let inventory: OpenInventory;
  beforeAll(async () => {
    inventory = await openInventory(freshUrl());
  });
  afterAll(() => inventory.stop());

  it.each([
    [1, 5, 6],
    [3, 7, 8],
  ])('of %s variants are %s, and %s when it is committed', async (variants, ofReserve, ofCommit) => {
    const lines: Record<string, number> = {};
    for (let made = 0; made < variants; made += 1) lines[await inventory.variantWith({ berlin: 5 })] = 1;
    let id = '';
    const reserved = await inventory.statementsOf(async () => {
      ({ id } = await inventory.reserve(lines));
    });
    const committed = await inventory.statementsOf(() => inventory.rpc.commit({ reservationId: id }));
    expect([reserved.length, committed.length]).toEqual([ofReserve, ofCommit]);
  });

  it('find their rows by indexes', async () => {
    const variantId = await inventory.variantWith({ berlin: 5, leeds: 5 });
    const scans = await fullScansOf(inventory.subgraph.database, ['stock_location'], async () => {
      const { id } = await inventory.reserve({ [variantId]: 7 });
      await inventory.rpc.commit({ reservationId: id });
      await inventory.availabilityOf(variantId);
      await inventory.subgraph.work('expire-reservations');
    });
    expect(scans).toEqual([]);
  });
});

describe.each(databaseEngines)('the statements of availability on $engine', ({ freshUrl }) => {
  let inventory: TestSubgraph;
  beforeAll(async () => {
    inventory = await testSubgraph(inventorySubgraph, { databaseUrl: freshUrl(), seed: true });
  });
  afterAll(() => inventory.stop());

  /** What the router asks of the inventory for a page with these products. */
  const page = (products: number) => async () => {
    const variants = demoProducts()
      .slice(0, products)
      .flatMap((product) => product.variants);
    const { data, errors } = await inventory.entities(
      variants.map(({ id }) => ({ __typename: 'ProductVariant', id })),
      '... on ProductVariant { availability { inStock available } }',
    );
    expect(errors).toEqual([]);
    expect(data).toHaveLength(variants.length);
  };

  it.each([
    ['product page', 1],
    ['list page', 24],
  ])('of a %s is one, which finds its rows by indexes', async (_, products) => {
    expect(await inventory.statementsOf(page(products))).toHaveLength(1);
    expect(await fullScansOf(inventory.subgraph.database, [], page(products))).toEqual([]);
  });

  it('for the staff find their rows by indexes', async () => {
    const list = `query ($after: String, $filter: StockItemFilterInput) {
      stockItems(first: 20, after: $after, filter: $filter) {
        pageInfo { endCursor }
        nodes { id available location { code } }
      }
    }`;
    const [variant] = demoProducts()[0]?.variants ?? [];
    const [location] = demoLocations();
    const read = async (variables: object) => {
      const { data, errors } = await inventory.query(list, { ...variables }, staff());
      expect(errors).toEqual([]);
      return data.stockItems;
    };
    const { pageInfo, nodes } = await read({});
    const scans = await fullScansOf(inventory.subgraph.database, ['stock_location'], async () => {
      for (const filter of [
        {},
        { variantId: variant?.id },
        { locationId: location?.id },
        { outOfStock: true },
      ])
        await read({ after: pageInfo.endCursor, filter });
      await inventory.entities(
        [{ __typename: 'StockItem', id: nodes[0].id }],
        '... on StockItem { available }',
        staff(),
      );
    });
    expect(scans).toEqual([]);
  });
});
