import type { NewId } from '@stoa/clock';
import { type EntityManager, type Loader, lazily, loadMany, loadOne } from '@stoa/database';
import type { RequestScope } from '@stoa/subgraph';
import type { Background } from './background.ts';
import type { PaymentsSettings } from './config.ts';
import { type LedgerEntryView, ledgersOfPayments } from './ledger/ledger-queries.ts';
import { type RefundView, refundsByIds, refundsOfPayments } from './operation/refund-queries.ts';
import { type PaymentView, paymentsByIds, paymentsOfOrders } from './payment/payment-queries.ts';
import type { OwnAddress } from './providers/own-address.ts';
import type { Providers } from './providers/providers.ts';
import type { RecordWebhook } from './webhooks/record-webhook.ts';

/** What lives as long as the process. */
export interface App {
  readonly newId: NewId;
  readonly providers: Providers;
  readonly settings: PaymentsSettings;
  readonly background: Background;
  readonly ownAddress: OwnAddress;
  readonly recordWebhook: RecordWebhook;
}

/** What a resolver and an rpc handler have. */
export interface Context extends RequestScope, App {
  readonly loaders: {
    readonly payment: Loader<string, PaymentView | null>;
    readonly paymentsOfOrder: Loader<string, readonly PaymentView[]>;
    readonly refund: Loader<string, RefundView | null>;
    readonly refundsOfPayment: Loader<string, readonly RefundView[]>;
    readonly ledgerOfPayment: Loader<string, readonly LedgerEntryView[]>;
  };
}

const loadersOf = lazily<Readonly<{ em: EntityManager }>, Context['loaders']>({
  payment: ({ em }) =>
    loadOne(
      (ids) => paymentsByIds(em, ids),
      ({ id }) => id,
    ),
  paymentsOfOrder: ({ em }) =>
    loadMany(
      (ids) => paymentsOfOrders(em, ids),
      ({ orderId }) => orderId,
    ),
  refund: ({ em }) =>
    loadOne(
      (ids) => refundsByIds(em, ids),
      ({ id }) => id,
    ),
  refundsOfPayment: ({ em }) =>
    loadMany(
      (ids) => refundsOfPayments(em, ids),
      ({ paymentId }) => paymentId,
    ),
  ledgerOfPayment: ({ em }) =>
    loadMany(
      (ids) => ledgersOfPayments(em, ids),
      ({ paymentId }) => paymentId,
    ),
});

export function createContext(scope: RequestScope, app: App): Context {
  return Object.assign(scope, app, { loaders: loadersOf({ em: scope.em }) });
}
