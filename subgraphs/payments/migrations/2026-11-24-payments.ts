import { amountColumn, baseColumns, defineMigration, idColumn, timeColumn } from '@stoa/database';

const paymentStates = [
  'CREATED',
  'REQUIRES_ACTION',
  'AUTHORIZED',
  'CAPTURED',
  'DECLINED',
  'FAILED',
  'VOIDED',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
];
const oneOf = (column: string, values: readonly string[]) =>
  `${column} in (${values.map((value) => `'${value}'`).join(', ')})`;

export const payments = defineMigration('2026-11-24-payments', (schema) =>
  schema
    .createTable('payment', (table) => {
      baseColumns(table);
      idColumn(table, 'order_id').notNullable();
      idColumn(table, 'owner_id');
      table.string('provider', 50).notNullable();
      table.string('state', 30).notNullable();
      table.string('currency', 3).notNullable();
      amountColumn(table, 'amount').notNullable();
      amountColumn(table, 'captured').notNullable();
      amountColumn(table, 'refunded').notNullable();
      amountColumn(table, 'refund_reserved').notNullable();
      table.boolean('is_captured_at_once').notNullable();
      table.string('idempotency_key', 255).notNullable().unique();
      table.string('fingerprint', 64).notNullable();
      table.string('provider_reference');
      table.string('method');
      table.string('failure_code');
      table.text('failure_message');
      table.text('action_url');
      timeColumn(table, 'claimed_until');
      table.index(['order_id', 'created_at', 'id']);
      table.index(['created_at', 'id']);
      table.index(['state', 'created_at', 'id']);
      table.check(oneOf('state', paymentStates), undefined, 'payment_state');
      table.check('amount > 0', undefined, 'payment_amount_above_zero');
      table.check('captured >= 0 and captured <= amount', undefined, 'payment_captured_within_amount');
      table.check(
        'refunded >= 0 and refund_reserved >= 0 and refunded + refund_reserved <= captured',
        undefined,
        'payment_refunded_within_captured',
      );
    })
    .createTable('payment_operation', (table) => {
      baseColumns(table);
      idColumn(table, 'payment_id').notNullable().references('payment.id').onDelete('restrict');
      table.string('kind', 20).notNullable();
      table.string('state', 20).notNullable();
      amountColumn(table, 'amount').notNullable();
      table.string('currency', 3).notNullable();
      table.text('reason');
      table.string('idempotency_key', 255).notNullable().unique();
      table.string('fingerprint', 64).notNullable();
      table.string('failure_code');
      table.text('failure_message');
      timeColumn(table, 'claimed_until');
      table.index(['payment_id', 'created_at', 'id']);
      table.check(oneOf('kind', ['CAPTURE', 'VOID', 'REFUND']), undefined, 'payment_operation_kind');
      table.check(oneOf('state', ['PENDING', 'SUCCEEDED', 'FAILED']), undefined, 'payment_operation_state');
      table.check('amount > 0', undefined, 'payment_operation_amount_above_zero');
    })
    // A capture and a void of one payment at once would be a race at the provider.
    .raw(
      `create unique index payment_operation_one_at_once on payment_operation (payment_id) where state = 'PENDING' and kind in ('CAPTURE', 'VOID')`,
    )
    .createTable('ledger_entry', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'payment_id').notNullable().references('payment.id').onDelete('restrict');
      idColumn(table, 'operation_id').references('payment_operation.id').onDelete('restrict').unique();
      table.string('kind', 20).notNullable();
      amountColumn(table, 'amount').notNullable();
      table.string('currency', 3).notNullable();
      table.string('provider_reference').notNullable();
      timeColumn(table, 'at').notNullable();
      table.index(['payment_id', 'id']);
      table.check(
        `(kind in ('AUTHORIZATION', 'CAPTURE') and amount > 0) or (kind in ('VOID', 'REFUND') and amount < 0)`,
        undefined,
        'ledger_entry_sign',
      );
      table.check(
        `kind <> 'REFUND' or operation_id is not null`,
        undefined,
        'ledger_entry_refund_has_operation',
      );
    })
    // Money is authorised, taken and let go once a payment.
    .raw(`create unique index ledger_entry_once on ledger_entry (payment_id, kind) where kind <> 'REFUND'`),
);
