import { defineMigration } from '@stoa/database';

/** The checkout of a payment that has ended is looked for at each such event: all checkouts were gone through. */
export const payingCheckouts = defineMigration('2026-11-29-paying-checkouts', (schema) =>
  schema.raw("create index checkout_paying on checkout (payment_id) where state = 'PAYING'"),
);
