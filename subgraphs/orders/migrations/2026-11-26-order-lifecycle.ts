import { baseColumns, defineMigration, idColumn, timeColumn } from '@stoa/database';

/** What becomes of an order once it is paid, and what other services still have to do about it. */
export const orderLifecycle = defineMigration('2026-11-26-order-lifecycle', (schema) =>
  schema
    .createTable('order_fulfilment', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'order_id').notNullable().references('id').inTable('orders');
      table.string('idempotency_key', 200).notNullable();
      table.string('fingerprint', 64).notNullable();
      timeColumn(table, 'at').notNullable();
      table.jsonb('lines').notNullable();
      table.string('carrier', 100).nullable();
      table.string('tracking_number', 100).nullable();
      table.unique(['order_id', 'idempotency_key'], { indexName: 'order_fulfilment_key' });
    })
    .createTable('order_return', (table) => {
      baseColumns(table);
      idColumn(table, 'order_id').notNullable().references('id').inTable('orders');
      table.string('idempotency_key', 200).notNullable();
      table.string('fingerprint', 64).notNullable();
      table.string('state', 20).notNullable();
      table.jsonb('lines').notNullable();
      table.string('reason').notNullable();
      table.string('decision').nullable();
      table.bigInteger('refund').nullable();
      table.unique(['order_id', 'idempotency_key'], { indexName: 'order_return_key' });
      table.check("state in ('REQUESTED', 'RECEIVED', 'REJECTED')", undefined, 'order_return_state');
      table.check("(state = 'RECEIVED') = (refund is not null)", undefined, 'order_return_refund');
    })
    .createTable('order_task', (table) => {
      baseColumns(table);
      idColumn(table, 'order_id').notNullable().references('id').inTable('orders');
      table.string('state', 20).notNullable();
      table.jsonb('work').notNullable();
      table.integer('attempts').notNullable();
      timeColumn(table, 'due_at').nullable();
      table.text('error').nullable();
      table.index(['order_id', 'id'], 'order_task_of_order');
      table.check("state in ('PENDING', 'DONE', 'FAILED')", undefined, 'order_task_state');
      table.check("(state = 'PENDING') = (due_at is not null)", undefined, 'order_task_due');
    })
    // What the worker looks for.
    .raw("create index order_task_pending on order_task (due_at) where state = 'PENDING'"),
);
