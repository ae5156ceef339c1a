import { amountColumn, baseColumns, defineMigration, timeColumn } from '@stoa/database';

export const promotions = defineMigration('2026-11-24-promotions', (schema, knex) =>
  schema.createTable('promotion', (table) => {
    baseColumns(table);
    table.string('name', 200).notNullable();
    table.string('kind', 20).notNullable();
    table.integer('basis_points');
    amountColumn(table, 'amount');
    amountColumn(table, 'minimum_subtotal');
    // Of the amount and of the minimum.
    table.string('currency', 3);
    table.string('coupon_code', 40);
    timeColumn(table, 'starts_at').notNullable();
    timeColumn(table, 'ends_at');
    timeColumn(table, 'archived_at');
    table.unique(['coupon_code'], {
      indexName: 'promotion_coupon_code_unique',
      predicate: knex.whereNull('archived_at'),
    });
    // Serves a quote, which looks for what has not ended.
    table.index(['ends_at'], 'promotion_ends_at_index', { predicate: knex.whereNull('archived_at') });
    // A check holds unless it is false, and null is not false.
    table.check(
      `(kind = 'PERCENTAGE' and amount is null
          and basis_points is not null and basis_points between 1 and 10000)
        or (kind = 'AMOUNT' and basis_points is null
          and amount is not null and amount between 1 and 1000000000000)`,
      undefined,
      'promotion_takes_off_one_thing',
    );
    table.check('minimum_subtotal between 1 and 1000000000000', undefined, 'promotion_minimum_range');
    table.check(
      '(currency is null) = (amount is null and minimum_subtotal is null)',
      undefined,
      'promotion_currency_of_amounts',
    );
    table.check('coupon_code = upper(coupon_code)', undefined, 'promotion_coupon_code_capitals');
    table.check('ends_at > starts_at', undefined, 'promotion_ends_after_start');
  }),
);
