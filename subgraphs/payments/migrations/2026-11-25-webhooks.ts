import { defineMigration, idColumn, timeColumn } from '@stoa/database';

/** What providers have told us, by the provider's name and its own id of the event: told twice, it is known already. */
export const webhooks = defineMigration('2026-11-25-webhooks', (schema) =>
  schema.createTable('webhook_event', (table) => {
    table.string('id', 300).primary();
    table.string('provider', 50).notNullable();
    table.string('type').notNullable();
    idColumn(table, 'payment_id');
    table.string('provider_reference');
    table.string('state', 20).notNullable();
    table.integer('attempts').notNullable();
    timeColumn(table, 'received_at').notNullable();
    timeColumn(table, 'next_attempt_at').notNullable();
    table.string('claimed_by', 36);
    table.index(['state', 'next_attempt_at', 'id']);
    table.index(['received_at']);
    table.check(`state in ('PENDING', 'APPLIED', 'IGNORED')`, undefined, 'webhook_event_state');
  }),
);
