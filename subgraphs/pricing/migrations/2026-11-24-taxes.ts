import { baseColumns, defineMigration, idColumn } from '@stoa/database';

export const taxes = defineMigration('2026-11-24-taxes', (schema) =>
  schema
    .createTable('tax_category', (table) => {
      baseColumns(table);
      table.string('code', 40).notNullable().unique();
      table.string('name', 200).notNullable();
    })
    .createTable('tax_rate', (table) => {
      baseColumns(table);
      idColumn(table, 'tax_category_id').notNullable().references('id').inTable('tax_category');
      table.string('country', 2).notNullable();
      table.integer('basis_points').notNullable();
      table.unique(['tax_category_id', 'country']);
      table.check('length(country) = 2 and country = upper(country)', undefined, 'tax_rate_country_form');
      table.check('basis_points between 0 and 10000', undefined, 'tax_rate_range');
    })
    .createTable('variant_tax_category', (table) => {
      baseColumns(table);
      idColumn(table, 'variant_id').notNullable().unique();
      idColumn(table, 'tax_category_id').notNullable().references('id').inTable('tax_category');
    }),
);
