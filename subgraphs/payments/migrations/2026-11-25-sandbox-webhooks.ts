import { defineMigration, idColumn, timeColumn } from '@stoa/database';

/** The sandbox's own list of webhooks to send, written with the change that each tells of. */
export const sandboxWebhooks = defineMigration('2026-11-25-sandbox-webhooks', (schema) =>
  schema
    .createTable('sandbox_webhook', (table) => {
      idColumn(table, 'id').primary();
      table.text('body').notNullable();
      table.string('state', 20).notNullable();
      table.integer('attempts').notNullable();
      timeColumn(table, 'created_at').notNullable();
      timeColumn(table, 'next_attempt_at').notNullable();
      table.string('claimed_by', 36);
      table.index(['state', 'next_attempt_at', 'id']);
      table.index(['created_at']);
      table.check(`state in ('PENDING', 'DELIVERED', 'GIVEN_UP')`, undefined, 'sandbox_webhook_state');
    })
    // When a charge that is on its way gets there.
    .alterTable('sandbox_charge', (table) => {
      timeColumn(table, 'arrives_at');
    }),
);
