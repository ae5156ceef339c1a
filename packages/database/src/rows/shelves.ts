import { defineEntity, p } from '@mikro-orm/core';
import { amountColumn, baseColumns, baseProperties, defineMigration, idColumn } from '../index.ts';

// Tables for the tests of this folder: one with a column of each kind, and one that refers to it.

export const Shelf = defineEntity({
  name: 'Shelf',
  tableName: 'shelf',
  properties: {
    ...baseProperties,
    label: p.string().nullable(),
    worth: p.bigint('number'),
    isOpen: p.boolean(),
    tags: p.json<readonly string[]>().nullable(),
  },
});
export const Book = defineEntity({
  name: 'Book',
  tableName: 'book',
  properties: {
    id: p.string().primary(),
    shelf: () => p.manyToOne(Shelf),
    from: p.string().name('from_where'),
  },
});
export const shelves = defineMigration('001-shelves', (schema) =>
  schema
    .createTable('shelf', (table) => {
      baseColumns(table);
      table.string('label').nullable().unique();
      amountColumn(table, 'worth').notNullable();
      table.boolean('is_open').notNullable();
      table.jsonb('tags').nullable();
    })
    .createTable('book', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'shelf_id').notNullable().references('id').inTable('shelf');
      table.string('from_where').notNullable();
    }),
);

export const at = new Date('2026-02-03T04:05:06.789Z');
export const shelf = (id: string, more: object = {}) => ({
  id,
  label: id,
  worth: 9_007_199_254_740_991,
  isOpen: true,
  tags: ['a', 'b'],
  createdAt: at,
  updatedAt: at,
  version: 1,
  ...more,
});
