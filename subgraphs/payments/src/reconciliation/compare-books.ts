import type { LedgerSums } from '../ledger/ledger-sums.ts';
import type { ProviderCharge } from '../providers/payment-provider.ts';

/** Amounts of one payment, in minor units. */
export interface Book {
  /** On hold, neither taken nor let go. */
  readonly onHold: number;
  readonly captured: number;
  readonly refunded: number;
}

/** The ledger as a book. */
export function bookOfLedger({ held, captured, refunded }: LedgerSums): Book {
  return { onHold: captured > 0 ? 0 : held, captured, refunded };
}

/** What the provider has as a book; null is a payment that it was never asked for. */
export function bookOfCharge(charge: ProviderCharge | null): Book {
  if (charge === null) return { onHold: 0, captured: 0, refunded: 0 };
  const given = charge.refunds.filter(({ refusal }) => refusal === null);
  return {
    onHold: charge.state === 'authorized' ? charge.amount : 0,
    captured: charge.captured,
    refunded: given.reduce((sum, { amount }) => sum + amount, 0),
  };
}

const words = { onHold: 'on hold', captured: 'captured', refunded: 'refunded' } as const;

/** What differs, a sentence each. */
export function differencesOf(
  ledger: Book,
  provider: Book,
  row: Pick<Book, 'captured' | 'refunded'>,
): string[] {
  const differences: string[] = [];
  for (const field of ['onHold', 'captured', 'refunded'] as const) {
    if (ledger[field] !== provider[field]) {
      differences.push(`${words[field]}: ${ledger[field]} in the ledger, ${provider[field]} at the provider`);
    }
  }
  for (const field of ['captured', 'refunded'] as const) {
    if (row[field] !== ledger[field]) {
      differences.push(`${words[field]}: ${row[field]} on the payment, ${ledger[field]} in the ledger`);
    }
  }
  return differences;
}
