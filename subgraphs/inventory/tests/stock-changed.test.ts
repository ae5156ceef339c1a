import { createInMemoryBroker } from '@stoa/events';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';

const query =
  'subscription ($id: ID!) { stockChanged(variantId: $id) { id availability { inStock available } } }';

describe.each(databaseEngines)('stockChanged, on $engine', ({ freshUrl }) => {
  let inventory: OpenInventory;
  beforeAll(async () => {
    inventory = await openInventory(freshUrl(), createInMemoryBroker());
  });
  afterAll(() => inventory.stop());

  it('gives what can be sold of a variant as it is, and again when it has changed', async () => {
    const [id, other] = [
      await inventory.variantWith({ berlin: 3, leeds: 2 }),
      await inventory.variantWith({ leeds: 1 }),
    ];
    await inventory.subgraph.work('relay-events');
    const changes = inventory.subscribe(query, { id });
    const available = async () => (await changes.next()).value.data.stockChanged.availability;
    expect(await available()).toEqual({ inStock: true, available: 5 });
    await inventory.reserve({ [other]: 1 });
    await inventory.reserve({ [id]: 5 });
    await inventory.subgraph.work('relay-events');
    expect(await available()).toEqual({ inStock: false, available: 0 });
    await changes.return();
  });

  it('has nothing to sell of a variant that was never in stock', async () => {
    const changes = inventory.subscribe(query, { id: 'v-unknown' });
    expect((await changes.next()).value.data.stockChanged).toEqual({
      id: 'v-unknown',
      availability: { inStock: false, available: 0 },
    });
    await changes.return();
  });
});
