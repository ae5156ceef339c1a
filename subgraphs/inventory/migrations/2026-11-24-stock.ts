import { baseColumns, defineMigration, idColumn, timeColumn } from '@stoa/database';

/** Locations, what lies at them, and the journal of every change to it. */
export const stock = defineMigration('2026-11-24-stock', (schema) =>
  schema
    .createTable('stock_location', (table) => {
      baseColumns(table);
      table.string('code', 32).notNullable().unique({ indexName: 'stock_location_code_unique' });
      table.string('name', 100).notNullable();
      table.string('country', 2).notNullable();
      table.check('length(country) = 2', undefined, 'stock_location_country_form');
    })
    .createTable('stock_item', (table) => {
      baseColumns(table);
      idColumn(table, 'variant_id').notNullable();
      idColumn(table, 'location_id').notNullable().references('id').inTable('stock_location');
      table.integer('on_hand').notNullable();
      table.integer('reserved').notNullable();
      table.unique(['variant_id', 'location_id'], { indexName: 'stock_item_variant_location_unique' });
      table.index(['location_id', 'id'], 'stock_item_location_index');
      table.check('on_hand >= 0', undefined, 'stock_item_on_hand_not_negative');
      table.check('reserved >= 0', undefined, 'stock_item_reserved_not_negative');
      table.check('reserved <= on_hand', undefined, 'stock_item_reserved_is_on_hand');
    })
    .createTable('stock_movement', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'variant_id').notNullable();
      idColumn(table, 'location_id').notNullable();
      table.integer('delta').notNullable();
      table.string('reason', 20).notNullable();
      table.string('note', 200);
      idColumn(table, 'reservation_id');
      table.string('actor').notNullable();
      timeColumn(table, 'moved_at').notNullable();
      table
        .foreign(['variant_id', 'location_id'], 'stock_movement_item_foreign')
        .references(['variant_id', 'location_id'])
        .inTable('stock_item');
      table.index(['variant_id', 'location_id'], 'stock_movement_item_index');
      table.check('delta <> 0', undefined, 'stock_movement_moves');
      table.check(
        "reason in ('OPENED', 'COUNTED', 'ADJUSTED', 'COMMITTED')",
        undefined,
        'stock_movement_reason_known',
      );
      table.check(
        "(reason = 'COMMITTED') = (reservation_id is not null)",
        undefined,
        'stock_movement_reservation_named',
      );
    }),
);
