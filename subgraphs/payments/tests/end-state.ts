import type { OpenPayments } from './open-payments.ts';

/** All that is left of a payment, ids and times aside: what two ways to the same end have to have in common. */
export async function endStateOf(payments: OpenPayments, paymentId: string) {
  const knex = payments.subgraph.database.em.fork().getKnex();
  const payment = await knex('payment').where({ id: paymentId }).first();
  const operations = await knex('payment_operation').where({ payment_id: paymentId }).orderBy('id');
  const entries = await knex('ledger_entry').where({ payment_id: paymentId }).orderBy('id');
  return {
    payment: {
      state: payment.state,
      captured: Number(payment.captured),
      refunded: Number(payment.refunded),
      refundReserved: Number(payment.refund_reserved),
      failure: payment.failure_code,
      actionUrl: payment.action_url,
      method: payment.method,
      hasReference: payment.provider_reference !== null,
      isClaimed: payment.claimed_until !== null,
    },
    operations: operations.map(({ kind, state, amount, failure_code, reason }) => ({
      kind,
      state,
      amount: Number(amount),
      failure: failure_code,
      reason,
    })),
    ledger: entries.map(({ kind, amount, operation_id }) => ({
      kind,
      amount: Number(amount),
      operation: operations.findIndex(({ id }) => id === operation_id),
    })),
    events: await payments.eventsOf(paymentId),
  };
}
