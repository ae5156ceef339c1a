import { newId } from '@stoa/clock';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenPayments, openPayments } from './open-payments.ts';

describe.each(databaseEngines)('the ledger on $engine', ({ engine, freshUrl }) => {
  let payments: OpenPayments;
  beforeAll(async () => {
    payments = await openPayments(freshUrl());
  });
  afterAll(() => payments.stop());
  const knex = () => payments.subgraph.database.em.fork().getKnex();

  it('is never changed, by whoever asks the database', async () => {
    const { id } = await payments.pay();
    const before = await payments.read(id);
    const refusal = /never changed, only followed by another/;
    await expect(knex()('ledger_entry').where({ payment_id: id }).update({ amount: 1 })).rejects.toThrow(
      refusal,
    );
    await expect(knex()('ledger_entry').where({ payment_id: id }).delete()).rejects.toThrow(refusal);
    await expect(knex()('ledger_entry').delete()).rejects.toThrow(refusal);
    if (engine === 'postgresql') await expect(knex()('ledger_entry').truncate()).rejects.toThrow(refusal);
    expect(await payments.read(id)).toEqual(before);
  });

  it('sums to what its payment has captured and refunded, and to what the provider has', async () => {
    const rpc = payments.rpc();
    for (const token of ['tok_approve', 'tok_refund_fails', 'tok_timeout_charged', 'tok_decline']) {
      for (const capture of [true, false]) {
        const { id } = await payments.pay({ token, capture });
        const steps = [
          () => rpc.capture({ paymentId: id, idempotencyKey: newId() }),
          () => rpc.refund({ paymentId: id, idempotencyKey: newId(), amount: 1_200n }),
          () => rpc.void({ paymentId: id, idempotencyKey: newId() }),
          () => rpc.refund({ paymentId: id, idempotencyKey: newId(), amount: 3_800n }),
        ];
        for (const step of steps) await step().catch(() => {});
      }
    }
    const entries = await knex()('ledger_entry').select('payment_id', 'kind', 'amount');
    const sumOf = (id: string, kind: string) =>
      entries
        .filter((entry) => entry.payment_id === id && entry.kind === kind)
        .reduce((sum, { amount }) => sum + Number(amount), 0);
    const all = await knex()('payment').select('id', 'captured', 'refunded', 'refund_reserved');
    const charges = await knex()('sandbox_charge').select('id', 'payment_id', 'captured');
    const refunds = await knex()('sandbox_refund').select('charge_id', 'amount').whereNull('refusal_code');
    expect(all.length).toBeGreaterThan(8);
    for (const { id, captured, refunded, refund_reserved } of all) {
      expect(Number(captured)).toBe(sumOf(id, 'CAPTURE'));
      expect(Number(refunded)).toBe(0 - sumOf(id, 'REFUND'));
      expect(Number(refund_reserved)).toBe(0);
      const charge = charges.find(({ payment_id }) => payment_id === id);
      const given = refunds.filter(({ charge_id }) => charge_id === charge?.id);
      expect(Number(captured)).toBe(Number(charge?.captured));
      expect(Number(refunded)).toBe(given.reduce((sum, { amount }) => sum + Number(amount), 0));
    }
  });

  it.each([
    ['more captured than the amount', { captured: 5_001 }, /payment_captured_within_amount/],
    ['more refunded than captured', { refunded: 5_001 }, /payment_refunded_within_captured/],
    [
      'more set aside than is left',
      { refunded: 4_000, refund_reserved: 1_001 },
      /payment_refunded_within_captured/,
    ],
    ['a state that is none', { state: 'LOST' }, /payment_state/],
    ['an amount of zero', { amount: 0, captured: 0 }, /payment_amount_above_zero/],
  ])('and its payment are guarded by the database against %s', async (_, change, constraint) => {
    const { id } = await payments.pay();
    await expect(knex()('payment').where({ id }).update(change)).rejects.toThrow(constraint);
  });

  it.each([
    ['a second capture', { kind: 'CAPTURE', amount: 1 }, /ledger_entry_once|UNIQUE/],
    ['a hold let go that adds money', { kind: 'VOID', amount: 1 }, /ledger_entry_sign/],
    ['a refund that nobody asked for', { kind: 'REFUND', amount: -1 }, /ledger_entry_refund_has_operation/],
    ['an entry without its payment', { kind: 'VOID', amount: -1, payment_id: 'nobody' }, /foreign key/i],
  ])('refuses %s', async (_, entry, constraint) => {
    const { id } = await payments.pay();
    const { at } = await knex()('ledger_entry').where({ payment_id: id }).first();
    const row = { id: newId(), payment_id: id, currency: 'EUR', provider_reference: 'r', at, ...entry };
    await expect(knex()('ledger_entry').insert(row)).rejects.toThrow(constraint);
  });
});
