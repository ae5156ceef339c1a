import { DateTime } from '@stoa/clock';
import { CurrencyCode, MinorUnits } from '@stoa/money';
import type { Resolvers } from '../__generated__/resolvers-types.ts';
import { LedgerEntry } from './LedgerEntry.ts';
import { capturePayment } from './Mutation/capturePayment.ts';
import { refundPayment } from './Mutation/refundPayment.ts';
import { voidPayment } from './Mutation/voidPayment.ts';
import { Order } from './Order.ts';
import { Payment } from './Payment.ts';
import { payment } from './Query/payment.ts';
import { payments } from './Query/payments.ts';
import { Refund } from './Refund.ts';

export const resolvers: Resolvers = {
  Query: { payment, payments },
  Mutation: { capturePayment, voidPayment, refundPayment },
  Payment,
  Refund,
  LedgerEntry,
  Order,
  DateTime,
  CurrencyCode,
  MinorUnits,
};
