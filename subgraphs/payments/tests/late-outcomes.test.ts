import { newId } from '@stoa/clock';
import { databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenPayments, openPayments } from './open-payments.ts';
import { type SandboxWebhooks, sandboxWebhooks } from './sandbox-webhooks.ts';

const minuteMs = 60_000;

describe.each(databaseEngines)(
  'money that comes for a payment that had ended, on $engine',
  ({ freshUrl }) => {
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

    const knex = () => payments.subgraph.database.em.fork().getKnex();
    const ledgerOf = async (id: string) =>
      (await payments.read(id)).ledger.map(({ kind, amount }) => [kind, amount.amount]);
    const namesOf = async (id: string) =>
      (await payments.eventsOf(id)).map(([type]) => type.replace(/payments\.(.*)\.v1/, '$1'));
    const deliver = async (id: string) => {
      for (const body of await webhooks.bodiesOf(id)) await webhooks.send(body);
      await webhooks.applied();
    };
    /** A payment that FAILED since its request was on the way for too long; then the request arrives. */
    const late = async (input: { capture: boolean }) => {
      const payment = await payments.pay({ token: 'tok_settles_late', ...input });
      expect((await payments.read(payment.id)).state).toBe('FAILED');
      payments.clock.advance(5_000);
      return payment.id;
    };
    const byWebhook = deliver;
    const byTheClock = async () => {
      payments.clock.advance(minuteMs);
      await payments.subgraph.work('reconcile');
    };

    it.each([
      ['a webhook', byWebhook],
      ['the clock', byTheClock],
    ])('goes back by itself when %s tells of it', async (_, tell) => {
      const id = await late({ capture: true });
      await tell(id);
      expect(await payments.read(id)).toMatchObject({
        state: 'FAILED',
        failure: { code: 'timeout' },
        captured: { amount: 5_000 },
        refunded: { amount: 5_000 },
        refunds: [{ state: 'SUCCEEDED', reason: 'The payment had ended before the money came' }],
      });
      expect(await ledgerOf(id)).toEqual([
        ['AUTHORIZATION', 5_000],
        ['CAPTURE', 5_000],
        ['REFUND', -5_000],
      ]);
      expect(await payments.eventsOf(id)).toEqual([
        ['payments.payment-failed.v1', 5_000],
        ['payments.payment-settled-late.v1', 5_000],
        ['payments.late-payment-returned.v1', 5_000],
      ]);
      const charge = await knex()('sandbox_charge').where({ payment_id: id }).first();
      const refunds = await knex()('sandbox_refund').where({ charge_id: charge.id });
      expect(refunds.map(({ amount }) => Number(amount))).toEqual([5_000]);
    });

    it.each([
      ['a webhook', byWebhook],
      ['the clock', byTheClock],
    ])('is let go of when it is only on hold and %s tells of it', async (_, tell) => {
      const id = await late({ capture: false });
      await tell(id);
      expect((await payments.read(id)).state).toBe('FAILED');
      expect(await ledgerOf(id)).toEqual([
        ['AUTHORIZATION', 5_000],
        ['VOID', -5_000],
      ]);
      expect(await namesOf(id)).toEqual(['payment-failed', 'payment-settled-late', 'late-payment-returned']);
      const charge = await knex()('sandbox_charge').where({ payment_id: id }).first();
      expect(charge.state).toBe('voided');
    });

    it('goes back once, however often and by whom it is told', async () => {
      const id = await late({ capture: true });
      await Promise.all([deliver(id), deliver(id), byTheClock(), byTheClock()]);
      await byTheClock();
      expect(await ledgerOf(id)).toHaveLength(3);
      expect(await namesOf(id)).toHaveLength(3);
    });

    it('does not count as paid for its order, and is sent back until the provider does so', async () => {
      const id = await late({ capture: true });
      payments.sandbox.breakNext('refund', 'request-lost');
      await deliver(id);
      expect(await payments.read(id)).toMatchObject({ captured: { amount: 5_000 }, refunded: { amount: 0 } });
      const { data } = await payments.query(
        'query ($id: ID!) { payment(id: $id) { order { id } } }',
        { id },
        staff(),
      );
      const order = { __typename: 'Order', id: data.payment.order.id };
      const { data: orders } = await payments.entities([order], '... on Order { paymentStatus }', staff());
      expect(orders).toEqual([{ __typename: 'Order', paymentStatus: 'FAILED' }]);
      await byTheClock();
      expect(await payments.read(id)).toMatchObject({
        refunded: { amount: 5_000 },
        refunds: [{ state: 'FAILED' }, { state: 'SUCCEEDED' }],
      });
    });

    it('is gone from the ledger when it runs out at a provider that never let go of it', async () => {
      const id = await late({ capture: false });
      payments.sandbox.breakNext('void', 'request-lost');
      await deliver(id);
      expect(await ledgerOf(id)).toEqual([['AUTHORIZATION', 5_000]]);
      payments.clock.advance(8 * 24 * 60 * minuteMs);
      await byTheClock();
      expect(await ledgerOf(id)).toEqual([
        ['AUTHORIZATION', 5_000],
        ['VOID', -5_000],
      ]);
      expect(await namesOf(id)).toEqual(['payment-failed', 'payment-settled-late', 'late-payment-returned']);
    });

    it('is let go of until the provider does so, also for a payment that is not watched any more', async () => {
      const { id } = await payments.pay({ token: 'tok_action', capture: false });
      await payments.rpc().void({ paymentId: id, idempotencyKey: newId() });
      await knex()('sandbox_charge').where({ payment_id: id }).update({ state: 'authorized' });
      payments.sandbox.breakNext('void', 'request-lost', 'request-lost');
      await deliver(id);
      expect(await ledgerOf(id)).toEqual([['AUTHORIZATION', 5_000]]);
      for (let time = 0; time < 3; time += 1) await byTheClock();
      expect(await ledgerOf(id)).toEqual([
        ['AUTHORIZATION', 5_000],
        ['VOID', -5_000],
      ]);
      expect((await payments.read(id)).state).toBe('VOIDED');
    });

    it('goes back when it comes for a payment that was voided while the buyer was to confirm', async () => {
      const { id } = await payments.pay({ token: 'tok_action' });
      await payments.rpc().void({ paymentId: id, idempotencyKey: newId() });
      // The provider takes it all the same, though it said that it had let go.
      await knex()('sandbox_charge').where({ payment_id: id }).update({ state: 'captured', captured: 5_000 });
      await deliver(id);
      expect(await payments.read(id)).toMatchObject({ state: 'VOIDED', refunded: { amount: 5_000 } });
      expect(await namesOf(id)).toEqual([
        'payment-action-required',
        'payment-voided',
        'payment-settled-late',
        'late-payment-returned',
      ]);
    });

    it('goes back when the answer itself comes too late', async () => {
      const { arrived, proceed } = payments.sandbox.holdAnswer('authorize');
      const paying = payments.pay({ token: 'tok_action', capture: true });
      await arrived;
      const charge = await knex()('sandbox_charge').orderBy('id', 'desc').first();
      const id = charge.payment_id;
      await deliver(id);
      await payments.rpc().void({ paymentId: id, idempotencyKey: newId() });
      await knex()('sandbox_charge').where({ payment_id: id }).update({ state: 'captured', captured: 5_000 });
      proceed();
      await paying;
      expect(await payments.read(id)).toMatchObject({ state: 'VOIDED', refunded: { amount: 5_000 } });
    });

    it('closes the door at the provider for a payment that failed and could still be confirmed', async () => {
      const id = await late({ capture: true });
      await knex()('sandbox_charge')
        .where({ payment_id: id })
        .update({ state: 'action-required', captured: 0 });
      await deliver(id);
      expect(await ledgerOf(id)).toEqual([]);
      expect(await namesOf(id)).toEqual(['payment-failed']);
      const charge = await knex()('sandbox_charge').where({ payment_id: id }).first();
      expect(charge.state).toBe('voided');
    });

    it('goes back once when the answer to the refund is lost', async () => {
      const id = await late({ capture: true });
      await knex()('sandbox_charge').where({ payment_id: id }).update({ token: 'tok_refund_timeout' });
      payments.sandbox.breakNext('refund', 'crash');
      await deliver(id);
      for (let time = 0; time < 3; time += 1) await byTheClock();
      expect(await payments.read(id)).toMatchObject({
        refunded: { amount: 5_000 },
        refunds: [{ state: 'SUCCEEDED' }],
      });
      expect(await ledgerOf(id)).toHaveLength(3);
    });

    it('is left to the staff when the provider refuses to give it back', async () => {
      const id = await late({ capture: true });
      await knex()('sandbox_charge').where({ payment_id: id }).update({ token: 'tok_refund_fails' });
      await deliver(id);
      await byTheClock();
      expect(await payments.read(id)).toMatchObject({
        state: 'FAILED',
        captured: { amount: 5_000 },
        refunded: { amount: 0 },
        refunds: [{ state: 'FAILED' }],
      });
      expect(await namesOf(id)).toEqual(['payment-failed', 'payment-settled-late', 'refund-failed']);

      await knex()('sandbox_charge').where({ payment_id: id }).update({ token: 'tok_approve' });
      const refund = (amount: bigint) =>
        payments.rpc().refund({ paymentId: id, idempotencyKey: newId(), amount });
      await expect(refund(5_001n)).rejects.toMatchObject({ code: 'REFUND_EXCEEDS_CAPTURED' });
      expect(await refund(5_000n)).toMatchObject({ succeeded: true });
      expect(await payments.read(id)).toMatchObject({ state: 'FAILED', refunded: { amount: 5_000 } });
      await expect(refund(1n)).rejects.toMatchObject({ code: 'REFUND_EXCEEDS_CAPTURED' });
    });
  },
);
