import { defineMigration } from '@stoa/database';

/**
 * The order of a cart that is not paid is looked for at each checkout. The index of those that are not cancelled does not serve
 * a state that is a parameter: all orders in that state were gone through.
 */
export const ordersOfCart = defineMigration('2026-11-27-orders-of-cart', (schema) =>
  schema.alterTable('orders', (table) => {
    table.index(['cart_id', 'state'], 'orders_of_cart_in_state');
  }),
);
