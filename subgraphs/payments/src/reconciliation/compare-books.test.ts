import { describe, expect, it } from 'vitest';
import { noLedger } from '../ledger/ledger-sums.ts';
import type { ProviderCharge } from '../providers/payment-provider.ts';
import { bookOfCharge, bookOfLedger, differencesOf } from './compare-books.ts';

const charge: ProviderCharge = {
  reference: 'ch-1',
  state: 'captured',
  method: null,
  actionUrl: null,
  refusal: null,
  amount: 100,
  captured: 100,
  refunds: [
    { idempotencyKey: null, reference: 're-1', amount: 30, refusal: null },
    { idempotencyKey: null, reference: 're-2', amount: 50, refusal: { code: 'no', message: 'No' } },
  ],
};

describe('the books of a payment', () => {
  it('count a hold until it is taken or let go', () => {
    expect(bookOfLedger({ ...noLedger, authorized: 100, held: 100 }).onHold).toBe(100);
    expect(bookOfLedger({ ...noLedger, authorized: 100, held: 100, captured: 100 }).onHold).toBe(0);
    expect(bookOfLedger({ ...noLedger, authorized: 100, held: 0 }).onHold).toBe(0);
    expect(bookOfCharge({ ...charge, state: 'authorized', captured: 0, refunds: [] }).onHold).toBe(100);
    expect(bookOfCharge({ ...charge, state: 'voided', captured: 0, refunds: [] }).onHold).toBe(0);
  });

  it('count refunds that were made, and not those that were refused', () => {
    expect(bookOfCharge(charge)).toEqual({ onHold: 0, captured: 100, refunded: 30 });
  });

  it('are empty for a payment that the provider was never asked for', () => {
    expect(differencesOf(bookOfLedger(noLedger), bookOfCharge(null), { captured: 0, refunded: 0 })).toEqual(
      [],
    );
  });

  it('tell what differs', () => {
    const ledger = { onHold: 0, captured: 100, refunded: 20 };
    expect(differencesOf(ledger, bookOfCharge(charge), { captured: 100, refunded: 20 })).toEqual([
      'refunded: 20 in the ledger, 30 at the provider',
    ]);
    expect(differencesOf(ledger, { ...ledger, onHold: 5 }, { captured: 90, refunded: 20 })).toEqual([
      'on hold: 0 in the ledger, 5 at the provider',
      'captured: 90 on the payment, 100 in the ledger',
    ]);
  });
});
