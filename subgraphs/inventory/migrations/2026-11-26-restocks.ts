import { defineMigration, idColumn, timeColumn } from '@stoa/database';

/**
 * What came back, and a journal that can tell of it. SQLite changes no check of a table, so the journal is made anew.
 */
export const restocks = defineMigration('2026-11-26-restocks', (schema) =>
  schema
    .createTable('restock', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'reservation_id').notNullable().references('id').inTable('reservation');
      timeColumn(table, 'created_at').notNullable();
      table.jsonb('lines').notNullable();
      table.index(['reservation_id'], 'restock_of_reservation');
    })
    .createTable('stock_movement_with_restocks', (table) => {
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
        .foreign(['variant_id', 'location_id'], 'stock_movement_of_item')
        .references(['variant_id', 'location_id'])
        .inTable('stock_item');
      table.index(['variant_id', 'location_id'], 'stock_movement_by_item');
      table.check('delta <> 0', undefined, 'stock_movement_delta');
      table.check(
        "reason in ('OPENED', 'COUNTED', 'ADJUSTED', 'COMMITTED', 'RESTOCKED')",
        undefined,
        'stock_movement_reason',
      );
      table.check(
        "(reason in ('COMMITTED', 'RESTOCKED')) = (reservation_id is not null)",
        undefined,
        'stock_movement_reservation',
      );
    })
    .raw(
      `insert into stock_movement_with_restocks
         (id, variant_id, location_id, delta, reason, note, reservation_id, actor, moved_at)
       select id, variant_id, location_id, delta, reason, note, reservation_id, actor, moved_at from stock_movement`,
    )
    .dropTable('stock_movement')
    .raw('alter table stock_movement_with_restocks rename to stock_movement'),
);
