import { baseColumns, defineMigration, idColumn } from '@stoa/database';

export const carts = defineMigration('2026-11-24-carts', (schema) =>
  schema
    .createTable('cart', (table) => {
      baseColumns(table);
      table.string('state', 20).notNullable();
      table.string('currency', 3).notNullable();
      idColumn(table, 'buyer_id').nullable();
      table.string('email').nullable();
      table.jsonb('shipping_address').nullable();
      table.jsonb('billing_address').nullable();
      table.jsonb('coupon_codes').notNullable();
      // Without a foreign key: checkouts and orders refer to carts, and this would close a circle.
      idColumn(table, 'locked_by').nullable();
      idColumn(table, 'order_id').nullable();
      idColumn(table, 'merged_into_id').nullable().references('id').inTable('cart');
      table.check("state in ('OPEN', 'ORDERED', 'MERGED')", undefined, 'cart_state');
      table.check("(state = 'ORDERED') = (order_id is not null)", undefined, 'cart_ordered');
      table.check("(state = 'MERGED') = (merged_into_id is not null)", undefined, 'cart_merged');
      table.check("locked_by is null or state = 'OPEN'", undefined, 'cart_locked');
      table.index(['merged_into_id'], 'cart_merged_into');
    })
    .raw(`create unique index cart_open_of_buyer on cart (buyer_id) where state = 'OPEN'`)
    .createTable('cart_line', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'cart_id').notNullable().references('id').inTable('cart').onDelete('cascade');
      idColumn(table, 'variant_id').notNullable();
      table.integer('quantity').notNullable();
      table.unique(['cart_id', 'variant_id'], { indexName: 'cart_line_variant' });
      table.check('quantity between 1 and 1000', undefined, 'cart_line_quantity');
    }),
);
