import { defineMigration, type MigrationDefinition, type TableBuilder, timeColumn } from '@stoa/database';

/** Who and when. No name is the empty string here, since a column of a primary key has to have a value. */
function clientAndDay(table: TableBuilder): void {
  table.string('client_name', 100).notNullable();
  table.string('client_version', 100).notNullable();
  table.string('day', 10).notNullable();
  table.bigInteger('count').notNullable();
  timeColumn(table, 'last_seen').notNullable();
}

/** The tables of the record of use. */
export const migrations: readonly MigrationDefinition[] = [
  defineMigration('2026-11-24-usage', (schema) =>
    schema
      .createTable('usage_operation', (table) => {
        table.string('id', 64).primary();
        table.text('name');
        table.string('kind', 12).notNullable();
        table.text('body').notNullable();
      })
      .createTable('usage_coordinate', (table) => {
        table.string('operation_id', 64).notNullable();
        table.text('coordinate').notNullable();
        // Null for what the text of the operation uses itself: that was used whenever the operation was.
        timeColumn(table, 'last_given');
        table.primary(['operation_id', 'coordinate']);
        table.index(['coordinate'], 'usage_coordinate_coordinate');
      })
      .createTable('usage_count', (table) => {
        table.string('operation_id', 64).notNullable();
        clientAndDay(table);
        table.primary(['operation_id', 'client_name', 'client_version', 'day']);
        table.index(['day'], 'usage_count_day');
      })
      .createTable('usage_other', (table) => {
        // Empty for the operations themselves.
        table.text('coordinate').notNullable();
        clientAndDay(table);
        table.primary(['coordinate', 'client_name', 'client_version', 'day']);
        table.index(['day'], 'usage_other_day');
      }),
  ),
];
