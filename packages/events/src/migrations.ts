import { defineMigration, idColumn, timeColumn } from '@stoa/database';

const outbox = defineMigration('000-outbox', (schema) =>
  schema.createTable('outbox', (table) => {
    table.string('id', 36).primary();
    table.string('type').notNullable();
    table.string('aggregate_id').notNullable();
    table.json('payload').notNullable();
    table.string('request_id').notNullable();
    timeColumn(table, 'occurred_at').notNullable();
  }),
);

/**
 * The order of writing becomes the key, since ids made by clocks of several machines do not tell it. SQLite adds no such
 * column to a table, so the table is made anew.
 */
const outboxInOrder = defineMigration('001-outbox-in-order', (schema) =>
  schema
    .createTable('outbox_in_order', (table) => {
      table.bigIncrements('position');
      table.string('id', 36).notNullable().unique();
      table.string('type').notNullable();
      table.string('aggregate_id').notNullable();
      table.json('payload').notNullable();
      table.string('request_id').notNullable();
      timeColumn(table, 'occurred_at').notNullable();
    })
    .raw(
      `insert into outbox_in_order (id, type, aggregate_id, payload, request_id, occurred_at)
       select id, type, aggregate_id, payload, request_id, occurred_at from outbox order by id`,
    )
    .dropTable('outbox')
    .raw('alter table outbox_in_order rename to outbox'),
);

/** A row an event and consumer: waiting while it has a `due_at`, then handled or dead. */
const inbox = defineMigration('002-inbox', (schema, knex) =>
  schema.createTable('inbox', (table) => {
    table.bigIncrements('position');
    table.string('consumer').notNullable();
    idColumn(table, 'event_id').notNullable();
    table.string('type').notNullable();
    table.string('aggregate_id').notNullable();
    table.string('request_id').notNullable();
    timeColumn(table, 'occurred_at').notNullable();
    // As text, so that it comes back byte for byte on both engines; null once it was handled.
    table.text('payload');
    timeColumn(table, 'received_at').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    timeColumn(table, 'due_at');
    timeColumn(table, 'handled_at');
    timeColumn(table, 'dead_at');
    table.text('error');
    table.unique(['consumer', 'event_id']);
    // Partial, so that they hold what waits, and not the many that were handled.
    table.index(['consumer', 'position'], 'inbox_waiting', { predicate: knex.whereNotNull('due_at') });
    table.index(['consumer', 'aggregate_id', 'due_at'], 'inbox_waiting_by_aggregate', {
      predicate: knex.whereNotNull('due_at'),
    });
    table.index(['dead_at'], 'inbox_dead', { predicate: knex.whereNotNull('dead_at') });
    table.index(['handled_at'], 'inbox_handled', { predicate: knex.whereNotNull('handled_at') });
  }),
);

/** The tables behind events: every subgraph that records or consumes any has them among its migrations, first. */
export const eventMigrations = [outbox, outboxInOrder, inbox];
