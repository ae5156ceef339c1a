import { baseColumns, defineMigration, idColumn, timeColumn } from '@stoa/database';

export const checkouts = defineMigration('2026-11-24-checkouts', (schema) =>
  schema
    .createTable('checkout', (table) => {
      baseColumns(table);
      idColumn(table, 'cart_id').notNullable().references('id').inTable('cart');
      table.string('idempotency_key', 200).notNullable();
      table.string('fingerprint', 64).notNullable();
      table.string('state', 20).notNullable();
      table.integer('attempt').notNullable();
      table.string('locale', 35).notNullable();
      table.jsonb('expected_total').nullable();
      table.string('payment_provider').notNullable();
      table.text('payment_token').nullable();
      table.jsonb('snapshot').nullable();
      idColumn(table, 'order_id').nullable();
      idColumn(table, 'reservation_id').nullable();
      idColumn(table, 'payment_id').nullable();
      table.jsonb('waits_for').nullable();
      table.jsonb('outcome').nullable();
      idColumn(table, 'lease_id').nullable();
      timeColumn(table, 'leased_until').nullable();
      table.unique(['cart_id', 'idempotency_key'], { indexName: 'checkout_key' });
      table.check(
        `state in ('STARTED', 'RESERVING', 'PAYING', 'COMPLETING', 'DONE', 'COMPENSATING', 'FAILED')`,
        undefined,
        'checkout_state',
      );
      table.check(
        "(state in ('COMPENSATING', 'FAILED')) = (outcome is not null)",
        undefined,
        'checkout_outcome',
      );
      table.check('(lease_id is null) = (leased_until is null)', undefined, 'checkout_lease');
    })
    // One at a time on a cart.
    .raw(
      `create unique index checkout_of_cart on checkout (cart_id)
        where state in ('STARTED', 'RESERVING', 'PAYING')`,
    )
    // What a worker that resumes them looks for.
    .raw(`create index checkout_open on checkout (leased_until) where state not in ('DONE', 'FAILED')`),
);
