import { amountColumn, defineMigration, idColumn, timeColumn } from '@stoa/database';

/** The books of the sandbox provider, which stands for a system outside: nothing here refers to a payment's row. */
export const sandbox = defineMigration('2026-11-24-sandbox', (schema) =>
  schema
    .createTable('sandbox_charge', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'payment_id').notNullable().unique();
      table.string('token').notNullable();
      table.string('state', 20).notNullable();
      amountColumn(table, 'amount').notNullable();
      table.string('currency', 3).notNullable();
      table.boolean('is_captured_at_once').notNullable();
      amountColumn(table, 'captured').notNullable();
      timeColumn(table, 'created_at').notNullable();
      timeColumn(table, 'authorized_at');
      table.string('refusal_code');
      table.text('refusal_message');
    })
    .createTable('sandbox_refund', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'charge_id').notNullable().references('sandbox_charge.id').onDelete('restrict');
      table.string('idempotency_key', 255).notNullable().unique();
      amountColumn(table, 'amount').notNullable();
      table.string('refusal_code');
      table.text('refusal_message');
      timeColumn(table, 'created_at').notNullable();
      table.index(['charge_id', 'id']);
    })
    .createTable('sandbox_request', (table) => {
      table.string('idempotency_key', 255).primary();
      table.string('fingerprint', 64).notNullable();
      table.json('outcome').notNullable();
    }),
);
