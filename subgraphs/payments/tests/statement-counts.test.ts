import { databaseEngines, fullScansOf } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OpenPayments, openPayments } from './open-payments.ts';
import { type SandboxWebhooks, sandboxWebhooks } from './sandbox-webhooks.ts';

// What a purchase costs here, those statements that begin and end transactions among them. One is of the sandbox's own books.
describe.each(databaseEngines)('the statements of a payment on $engine', ({ freshUrl }) => {
  let payments: OpenPayments;
  let webhooks: SandboxWebhooks;
  beforeAll(async () => {
    payments = await openPayments(freshUrl());
    webhooks = sandboxWebhooks(payments);
  });
  afterAll(async () => {
    await webhooks.server.close();
    await payments.stop();
  });

  it('are 6', async () => {
    await payments.pay();
    expect(await payments.statementsOf(() => payments.pay())).toHaveLength(6);
  });

  it('find their rows by indexes', async () => {
    const told = await payments.pay();
    const [body = ''] = await webhooks.bodiesOf(told.id);
    const event = () =>
      payments.subgraph.database.em
        .fork()
        .getKnex()('webhook_event')
        .where('id', `sandbox:${JSON.parse(body).id}`)
        .first('state');
    const scans = await fullScansOf(payments.subgraph.database, [], async () => {
      const { id } = await payments.pay();
      await payments.read(id);
      await webhooks.send(body);
      await vi.waitFor(async () => expect(await event()).not.toEqual({ state: 'PENDING' }));
      await payments.subgraph.work('apply-webhooks');
      await payments.subgraph.work('providers');
      payments.clock.advance(600_000);
      await payments.subgraph.work('reconcile');
    });
    expect(scans).toEqual([]);
  });
});
