import { demoProducts } from '@stoa/seed';
import { databaseEngines, staff, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seed } from '../src/seed.ts';
import { inventory } from '../src/subgraph.ts';

describe.each(databaseEngines)('the demo shop on $engine', ({ freshUrl }) => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await testSubgraph(inventory, { databaseUrl: freshUrl(), seed: true });
  });
  afterAll(() => subgraph.stop());

  it('has stock of every variant in both locations', async () => {
    const { data } = await subgraph.query(
      '{ stockLocations { code } stockItems(first: 1) { totalCount nodes { variant { id } version } } }',
      {},
      staff(),
    );
    expect(data.stockLocations).toEqual([{ code: 'berlin' }, { code: 'leeds' }]);
    expect(data.stockItems).toEqual({
      totalCount: 10_000,
      nodes: [{ variant: { id: demoProducts()[0]?.variants[0]?.id }, version: 1 }],
    });
  });

  it('has as much as the demo data says, sold out variants included', async () => {
    const variants = demoProducts().flatMap((product) => product.variants);
    const soldOut = variants.find(({ stock }) => stock.berlin + stock.leeds === 0);
    const asked = [variants[0], soldOut].map((variant) => ({
      __typename: 'ProductVariant',
      id: variant?.id,
    }));
    const { data } = await subgraph.entities(
      asked,
      '... on ProductVariant { availability { inStock available } }',
    );
    const stock = variants[0]?.stock;
    expect(data.map((entity) => entity?.availability)).toEqual([
      { inStock: true, available: (stock?.berlin ?? 0) + (stock?.leeds ?? 0) },
      { inStock: false, available: 0 },
    ]);
  });

  it('opens the journal with what is there', async () => {
    const knex = subgraph.subgraph.database.em.fork().getKnex();
    const [onHand] = await knex('stock_item').sum({ units: 'on_hand' });
    const [moved] = await knex('stock_movement').where('reason', 'OPENED').sum({ units: 'delta' });
    expect(Number(moved?.units)).toBe(Number(onHand?.units));
    expect(Number(moved?.units)).toBeGreaterThan(0);
  });

  it('is left alone when there is something already', async () => {
    const { database } = subgraph.subgraph;
    await seed({ database, clock: { now: () => new Date() }, newId: () => 'never used' });
    const { data } = await subgraph.query('{ stockItems(first: 1) { totalCount } }', {}, staff());
    expect(data.stockItems.totalCount).toBe(10_000);
  });
});
