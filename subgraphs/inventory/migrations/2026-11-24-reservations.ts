import { baseColumns, defineMigration, idColumn, timeColumn } from '@stoa/database';

/** What is set aside for orders. */
export const reservations = defineMigration('2026-11-24-reservations', (schema) =>
  schema
    .createTable('reservation', (table) => {
      baseColumns(table);
      idColumn(table, 'order_id');
      table.string('state', 20).notNullable();
      timeColumn(table, 'expires_at');
      table.check(
        "state in ('HELD', 'COMMITTED', 'RELEASED', 'EXPIRED')",
        undefined,
        'reservation_state_known',
      );
      // One that was given back before it was made has neither.
      table.check(
        "state = 'RELEASED' or (order_id is not null and expires_at is not null)",
        undefined,
        'reservation_made',
      );
    })
    // Those that are over are many and never looked for by time.
    .raw("create index reservation_due_index on reservation (expires_at) where state = 'HELD'")
    .createTable('reservation_line', (table) => {
      idColumn(table, 'reservation_id').notNullable().references('id').inTable('reservation');
      idColumn(table, 'variant_id').notNullable();
      idColumn(table, 'location_id').notNullable();
      table.integer('quantity').notNullable();
      table.primary(['reservation_id', 'variant_id', 'location_id']);
      table
        .foreign(['variant_id', 'location_id'], 'reservation_line_item_foreign')
        .references(['variant_id', 'location_id'])
        .inTable('stock_item');
      table.check('quantity > 0', undefined, 'reservation_line_quantity_positive');
    }),
);
