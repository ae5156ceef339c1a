import { amountColumn, baseColumns, defineMigration, idColumn, timeColumn } from '@stoa/database';

export const orders = defineMigration('2026-11-24-orders', (schema) =>
  schema
    // Without a foreign key: the number is drawn before the order is written, in the same transaction.
    .createTable('order_number', (table) => {
      table.increments('id');
      idColumn(table, 'order_id').notNullable().unique({ indexName: 'order_number_order' });
    })
    .createTable('orders', (table) => {
      baseColumns(table);
      table.string('number', 20).notNullable().unique({ indexName: 'orders_number' });
      table.string('state', 20).notNullable();
      idColumn(table, 'cart_id').notNullable().references('id').inTable('cart');
      // Without a foreign key: checkouts refer to carts as orders do, and are written before them.
      idColumn(table, 'checkout_id').notNullable();
      table.string('snapshot_hash', 64).notNullable();
      idColumn(table, 'buyer_id').nullable();
      table.string('email').nullable();
      table.string('currency', 3).notNullable();
      table.jsonb('shipping_address').notNullable();
      table.jsonb('billing_address').notNullable();
      table.jsonb('discounts').notNullable();
      amountColumn(table, 'subtotal').notNullable();
      amountColumn(table, 'shipping').notNullable();
      amountColumn(table, 'tax').notNullable();
      amountColumn(table, 'total').notNullable();
      timeColumn(table, 'placed_at').notNullable();
      table.check(
        `state in ('PENDING_PAYMENT', 'PAYMENT_FAILED', 'PAID', 'PARTIALLY_FULFILLED', 'FULFILLED', 'DELIVERED',
          'PARTIALLY_RETURNED', 'RETURNED', 'CANCELLED')`,
        undefined,
        'orders_state',
      );
      table.check('subtotal >= 0 and shipping >= 0 and total >= 0', undefined, 'orders_amounts');
      table.index(['placed_at', 'id'], 'orders_newest');
      table.index(['buyer_id', 'placed_at', 'id'], 'orders_of_buyer');
      table.index(['state', 'placed_at', 'id'], 'orders_in_state');
      table.index(['email', 'placed_at', 'id'], 'orders_of_email');
    })
    .raw(`create unique index orders_of_cart on orders (cart_id) where state <> 'CANCELLED'`)
    .createTable('order_line', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'order_id').notNullable().references('id').inTable('orders');
      idColumn(table, 'variant_id').notNullable();
      table.string('sku').notNullable();
      table.text('name').notNullable();
      table.integer('quantity').notNullable();
      for (const amount of ['unit', 'total']) {
        for (const part of ['net', 'tax', 'gross']) amountColumn(table, `${amount}_${part}`).notNullable();
        table.check(
          `${amount}_gross = ${amount}_net + ${amount}_tax`,
          undefined,
          `order_line_${amount}_adds_up`,
        );
      }
      table.integer('tax_rate').notNullable();
      table.check('quantity > 0', undefined, 'order_line_quantity');
      table.index(['order_id', 'id'], 'order_line_of_order');
    })
    .createTable('order_history', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'order_id').notNullable().references('id').inTable('orders');
      timeColumn(table, 'at').notNullable();
      table.string('from_state', 20).nullable();
      table.string('to_state', 20).notNullable();
      table.string('reason').nullable();
      table.string('actor', 20).notNullable();
      idColumn(table, 'actor_id').nullable();
      table.check("actor in ('BUYER', 'STAFF', 'SYSTEM')", undefined, 'order_history_actor');
      table.index(['order_id', 'id'], 'order_history_of_order');
    }),
);
