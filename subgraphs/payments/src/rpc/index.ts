import { implementRpc } from '@stoa/rpc';
import type { Context } from '../context.ts';
import { authorize } from './authorize.ts';
import { capture } from './capture.ts';
import { paymentsRpc } from './client.ts';
import { getPayment } from './get-payment.ts';
import { refund } from './refund.ts';
import { voidPayment } from './void.ts';

/** PaymentsService. The calling service has checked that its caller may pay for the order; whose payment it is, is checked here again. */
export const paymentsService = implementRpc<(typeof paymentsRpc)['service'], Context>(paymentsRpc, {
  authorize,
  capture,
  void: voidPayment,
  refund,
  getPayment,
});
