import { databaseEngines, fullScansOf } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenPayments, openPayments } from './open-payments.ts';

// What a purchase costs here, those statements that begin and end transactions among them. Six are of the sandbox's own books.
describe.each(databaseEngines)('the statements of a payment on $engine', ({ freshUrl }) => {
  let payments: OpenPayments;
  beforeAll(async () => {
    payments = await openPayments(freshUrl());
  });
  afterAll(() => payments.stop());

  it('are 13', async () => {
    await payments.pay();
    expect(await payments.statementsOf(() => payments.pay())).toHaveLength(13);
  });

  it('find their rows by indexes', async () => {
    const scans = await fullScansOf(payments.subgraph.database, [], async () => {
      const { id } = await payments.pay();
      await payments.read(id);
      await payments.subgraph.work('apply-webhooks');
      await payments.subgraph.work('providers');
      payments.clock.advance(600_000);
      await payments.subgraph.work('reconcile');
    });
    expect(scans).toEqual([]);
  });
});
