import type { Connection } from '@stoa/database';
import type { LedgerEntryView } from './ledger/ledger-queries.ts';
import type { RefundView } from './operation/refund-queries.ts';
import type { PaymentView } from './payment/payment-queries.ts';

export type PaymentMapper = PaymentView;
export type RefundMapper = RefundView;
export type LedgerEntryMapper = LedgerEntryView;
export type PaymentConnectionMapper = Connection<PaymentView>;
/** An order is known here by its key alone. */
export interface OrderMapper {
  readonly id: string;
}
