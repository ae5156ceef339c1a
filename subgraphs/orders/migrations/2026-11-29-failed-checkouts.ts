import { defineMigration } from '@stoa/database';

/** Each checkout looked for an order of its cart that had not been paid; few have one. Of carts that are there, any may. */
export const failedCheckouts = defineMigration('2026-11-29-failed-checkouts', (schema) =>
  schema
    .alterTable('cart', (table) => {
      table.boolean('has_failed').notNullable().defaultTo(false);
    })
    .raw('update cart set has_failed = true'),
);
