import { type EntityManager, readInteger, readTime } from '@stoa/database';
import type { LedgerEntryKind } from './ledger-entry.entity.ts';

/** What is shown of a ledger entry. */
export interface LedgerEntryView {
  readonly id: string;
  readonly paymentId: string;
  readonly kind: LedgerEntryKind;
  /** Signed, in minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly providerReference: string;
  readonly at: Date;
}

const columns = ['id', 'payment_id', 'kind', 'amount', 'currency', 'provider_reference', 'at'] as const;

/** The ledgers of many payments, the oldest entry first. */
export async function ledgersOfPayments(
  em: EntityManager,
  paymentIds: readonly string[],
): Promise<LedgerEntryView[]> {
  const rows: Record<(typeof columns)[number], unknown>[] = await em
    .getKnex()('ledger_entry')
    .select(columns)
    .whereIn('payment_id', paymentIds)
    .orderBy('id');
  return rows.map((row) => ({
    id: row.id as string,
    paymentId: row.payment_id as string,
    kind: row.kind as LedgerEntryKind,
    amount: readInteger(row.amount),
    currency: row.currency as string,
    providerReference: row.provider_reference as string,
    at: readTime(row.at),
  }));
}
