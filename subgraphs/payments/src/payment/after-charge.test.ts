import { describe, expect, it } from 'vitest';
import { type LedgerSums, noLedger } from '../ledger/ledger-sums.ts';
import type { ProviderCharge } from '../providers/payment-provider.ts';
import { afterCharge } from './after-charge.ts';
import type { PaymentState } from './payment-state.ts';

const payment = (state: PaymentState, more = {}) => ({
  state,
  amount: 100,
  captured: 0,
  refunded: 0,
  refundReserved: 0,
  ...more,
});
const charge = (state: ProviderCharge['state']): ProviderCharge => ({
  reference: 'ch-1',
  state,
  method: 'Card',
  actionUrl: state === 'action-required' ? 'https://bank.example' : null,
  refusal: null,
  amount: 100,
  captured: state === 'captured' ? 100 : 0,
  refunds: [],
});
const held: LedgerSums = { ...noLedger, authorized: 100, held: 100 };
const letGo: LedgerSums = { ...noLedger, authorized: 100 };

describe('a payment beside the charge of its provider', () => {
  it.each<[PaymentState, ProviderCharge['state'], LedgerSums, PaymentState, string[]]>([
    ['CREATED', 'authorized', noLedger, 'AUTHORIZED', ['AUTHORIZATION']],
    ['CREATED', 'captured', noLedger, 'CAPTURED', ['AUTHORIZATION', 'CAPTURE']],
    ['CREATED', 'declined', noLedger, 'DECLINED', []],
    ['CREATED', 'action-required', noLedger, 'REQUIRES_ACTION', []],
    ['REQUIRES_ACTION', 'captured', noLedger, 'CAPTURED', ['AUTHORIZATION', 'CAPTURE']],
    ['AUTHORIZED', 'captured', held, 'CAPTURED', ['CAPTURE']],
    ['AUTHORIZED', 'voided', held, 'FAILED', ['VOID']],
  ])('goes forward: %s beside %s', (state, at, ledger, next, entries) => {
    const { change, giveBack } = afterCharge(payment(state), charge(at), ledger);
    expect(change?.state).toBe(next);
    expect(change?.entries.map(({ kind }) => kind)).toEqual(entries);
    expect(giveBack).toBeNull();
  });

  it.each<[PaymentState, ProviderCharge['state'], LedgerSums]>([
    ['REQUIRES_ACTION', 'action-required', noLedger],
    ['AUTHORIZED', 'action-required', held],
    ['AUTHORIZED', 'authorized', held],
    ['CAPTURED', 'authorized', { ...held, captured: 100 }],
    ['CAPTURED', 'captured', { ...held, captured: 100 }],
    ['REFUNDED', 'captured', { ...held, captured: 100, refunded: 100 }],
    ['VOIDED', 'voided', letGo],
    ['DECLINED', 'declined', noLedger],
    ['FAILED', 'voided', letGo],
  ])('stays as it is: %s beside %s', (state, at, ledger) => {
    expect(afterCharge(payment(state), charge(at), ledger)).toEqual({ change: null, giveBack: null });
  });

  it.each<[PaymentState, ProviderCharge['state'], LedgerSums, string[], 'REFUND' | 'VOID']>([
    ['FAILED', 'captured', noLedger, ['AUTHORIZATION', 'CAPTURE'], 'REFUND'],
    ['VOIDED', 'captured', letGo, ['CAPTURE'], 'REFUND'],
    ['DECLINED', 'authorized', noLedger, ['AUTHORIZATION'], 'VOID'],
    ['VOIDED', 'authorized', letGo, [], 'VOID'],
    ['FAILED', 'action-required', noLedger, [], 'VOID'],
  ])('sends back what came too late: %s beside %s', (state, at, ledger, entries, giveBack) => {
    const alignment = afterCharge(payment(state), charge(at), ledger);
    expect(alignment.giveBack).toBe(giveBack);
    expect(alignment.change?.state ?? state).toBe(state);
    expect((alignment.change?.entries ?? []).map(({ kind }) => kind)).toEqual(entries);
  });

  it.each<[PaymentState, ProviderCharge['state']]>([
    ['FAILED', 'voided'],
    ['VOIDED', 'voided'],
    ['DECLINED', 'declined'],
  ])('lets go of a late hold that is gone by itself: %s beside %s', (state, at) => {
    const { change, giveBack } = afterCharge(payment(state), charge(at), held);
    expect(change).toMatchObject({ state, entries: [{ kind: 'VOID', amount: -100 }] });
    expect(change?.event?.type).toBe('payments.late-payment-returned.v1');
    expect(giveBack).toBeNull();
  });

  it.each([
    [{ captured: 100 }, 'REFUND'],
    [{ captured: 100, refundReserved: 100 }, null],
    [{ captured: 100, refunded: 60, refundReserved: 40 }, null],
    [{ captured: 100, refunded: 60 }, 'REFUND'],
  ])('sends back what is left of it: %o', (more, giveBack) => {
    const ledger = { ...held, captured: 100 };
    expect(afterCharge(payment('FAILED', more), charge('captured'), ledger)).toEqual({
      change: null,
      giveBack,
    });
  });
});
