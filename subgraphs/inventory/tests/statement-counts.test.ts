import { databaseEngines, fullScansOf } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';

// What a purchase costs here, those statements that begin and end transactions among them.
describe.each(databaseEngines)('the statements of a reservation on $engine', ({ freshUrl }) => {
  let inventory: OpenInventory;
  beforeAll(async () => {
    inventory = await openInventory(freshUrl());
  });
  afterAll(() => inventory.stop());

  it.each([
    [1, 8, 9],
    [3, 10, 11],
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
