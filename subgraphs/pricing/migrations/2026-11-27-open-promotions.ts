import { defineMigration } from '@stoa/database';

/** A quote looks for promotions in two ways: by the coupons that it was given, and for those that need none and have not ended. */
export const openPromotions = defineMigration('2026-11-27-open-promotions', (schema, knex) =>
  schema.alterTable('promotion', (table) => {
    table.dropIndex([], 'promotion_ends_at_index');
    // Coupons are many, one a buyer perhaps: they are not gone through.
    table.index(['ends_at'], 'promotion_without_coupon_index', {
      predicate: knex.whereNull('archived_at').whereNull('coupon_code'),
    });
  }),
);
