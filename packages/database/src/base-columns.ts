import { p } from '@mikro-orm/core';
import type { Knex } from '@mikro-orm/knex';

/** The properties that every aggregate has: its id, when it was made and last changed, and the version that guards its writes. */
export const baseProperties = {
  id: p.string().length(36).primary(),
  createdAt: p.datetime(3),
  updatedAt: p.datetime(3),
  version: p.integer().version().default(1),
};

/** The columns behind `baseProperties`. */
export function baseColumns(table: Knex.CreateTableBuilder): void {
  idColumn(table, 'id').primary();
  timeColumn(table, 'created_at').notNullable();
  timeColumn(table, 'updated_at').notNullable();
  table.integer('version').notNullable().defaultTo(1);
}

/** A column that holds an id: a UUID as text, so that it sorts alike on both engines. */
export function idColumn(table: Knex.CreateTableBuilder, name: string): Knex.ColumnBuilder {
  return table.string(name, 36);
}

/** A column that holds a moment, to the millisecond: timestamptz(3) on PostgreSQL, epoch milliseconds on SQLite. */
export function timeColumn(table: Knex.CreateTableBuilder, name: string): Knex.ColumnBuilder {
  return table.timestamp(name, { useTz: true, precision: 3 });
}

/** A column that holds an amount of money in minor units. */
export function amountColumn(table: Knex.CreateTableBuilder, name: string): Knex.ColumnBuilder {
  return table.bigInteger(name);
}
