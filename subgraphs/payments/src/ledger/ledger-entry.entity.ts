import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Row } from '@stoa/database';

export type LedgerEntryKind = 'AUTHORIZATION' | 'CAPTURE' | 'VOID' | 'REFUND';

/**
 * One movement of money. Triggers of the database refuse to change or delete it.
 * `amount` is above zero towards the shop (AUTHORIZATION, CAPTURE) and below zero away from it
 * (VOID, REFUND), so that AUTHORIZATION and VOID sum to what was held and never let go, and CAPTURE
 * and REFUND sum to what the shop has.
 */
export const LedgerEntry = defineEntity({
  name: 'LedgerEntry',
  tableName: 'ledger_entry',
  properties: {
    /** Time-ordered: the order of the ledger. */
    id: p.string().length(36).primary(),
    paymentId: p.string().length(36),
    /** The operation that moved it; null for what the authorisation itself did. */
    operationId: p.string().length(36).nullable(),
    kind: p.string().$type<LedgerEntryKind>(),
    amount: p.bigint('number'),
    currency: p.string().length(3),
    providerReference: p.string(),
    at: p.datetime(3),
  },
});

export type LedgerEntry = Row<InferEntity<typeof LedgerEntry>>;
