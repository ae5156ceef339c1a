import { type EntityManager, readInteger } from '@stoa/database';
import type { LedgerEntry, LedgerEntryKind } from './ledger-entry.entity.ts';

/** What a payment's ledger comes to, in minor units. */
export interface LedgerSums {
  /** Put on hold, in all. */
  readonly authorized: number;
  /** On hold and not let go; stays when the money is taken. */
  readonly held: number;
  readonly captured: number;
  readonly refunded: number;
}

export const noLedger: LedgerSums = { authorized: 0, held: 0, captured: 0, refunded: 0 };

/** The sums of one payment's entries. */
export function sumLedger(entries: readonly Pick<LedgerEntry, 'kind' | 'amount'>[]): LedgerSums {
  return entries.reduce((sums, { kind, amount }) => add(sums, kind, amount), noLedger);
}

/** The sums of many payments by payment; one without entries is left out. */
export async function ledgerSumsOf(
  em: EntityManager,
  paymentIds: readonly string[],
): Promise<ReadonlyMap<string, LedgerSums>> {
  const rows: { payment_id: string; kind: LedgerEntryKind; amount: unknown }[] = await em
    .getKnex()('ledger_entry')
    .select('payment_id', 'kind')
    .sum({ amount: 'amount' })
    .whereIn('payment_id', paymentIds)
    .groupBy('payment_id', 'kind');
  const sums = new Map<string, LedgerSums>();
  for (const { payment_id, kind, amount } of rows) {
    sums.set(payment_id, add(sums.get(payment_id) ?? noLedger, kind, readInteger(amount)));
  }
  return sums;
}

function add(sums: LedgerSums, kind: LedgerEntryKind, amount: number): LedgerSums {
  switch (kind) {
    case 'AUTHORIZATION':
      return { ...sums, authorized: sums.authorized + amount, held: sums.held + amount };
    case 'VOID':
      return { ...sums, held: sums.held + amount };
    case 'CAPTURE':
      return { ...sums, captured: sums.captured + amount };
    case 'REFUND':
      return { ...sums, refunded: sums.refunded - amount };
  }
}
