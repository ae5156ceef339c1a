import { defineMigration, timeColumn } from '@stoa/database';

/** When the provider is to be asked about a payment without anybody's asking; null when there is nothing to ask. */
export const nextCheck = defineMigration('2026-11-25-next-check', (schema) =>
  schema
    .alterTable('payment', (table) => {
      timeColumn(table, 'next_check_at');
      table.index(['next_check_at', 'id']);
    })
    .raw(
      `update payment set next_check_at = updated_at
       where state in ('CREATED', 'REQUIRES_ACTION', 'AUTHORIZED')
          or exists (select 1 from payment_operation where payment_operation.payment_id = payment.id and payment_operation.state = 'PENDING')`,
    ),
);
