import { amountColumn, baseColumns, defineMigration, idColumn } from '@stoa/database';

export const priceLists = defineMigration('2026-11-24-price-lists', (schema) =>
  schema
    .createTable('price_list', (table) => {
      baseColumns(table);
      table.string('code', 40).notNullable().unique();
      table.string('name', 200).notNullable();
      // One list a currency: the currency of a request finds its list.
      table.string('currency', 3).notNullable().unique();
      table.boolean('is_tax_included').notNullable();
      table.string('country', 2).notNullable();
      table.check(
        'length(currency) = 3 and currency = upper(currency)',
        undefined,
        'price_list_currency_form',
      );
      table.check('length(country) = 2 and country = upper(country)', undefined, 'price_list_country_form');
    })
    .createTable('price', (table) => {
      baseColumns(table);
      idColumn(table, 'price_list_id').notNullable().references('id').inTable('price_list');
      idColumn(table, 'variant_id').notNullable();
      amountColumn(table, 'amount').notNullable();
      // The variant first: prices are read for many variants of few lists.
      table.unique(['variant_id', 'price_list_id']);
      table.check('amount between 0 and 1000000000000', undefined, 'price_amount_range');
    }),
);
