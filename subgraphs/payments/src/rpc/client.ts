import { defineRpc } from '@stoa/rpc';
import { PaymentsService } from '../__generated__/payments/v1/payments_pb.js';

/** The contract of payments, in proto/. */
export const paymentsRpc = defineRpc({
  name: 'payments',
  service: PaymentsService,
  developmentUrl: 'http://localhost:5006',
});

/** What a caller needs to read an answer. */
export { PaymentState } from '../__generated__/payments/v1/payments_pb.js';
