import { defineMigration, idColumn, timeColumn } from '@stoa/database';

export const signingKeys = defineMigration('2026-11-24-3-signing-keys', (schema) =>
  schema.createTable('signing_key', (table) => {
    idColumn(table, 'kid').primary();
    // Counts the rotations: of two processes that make the same one, the index lets one through.
    table.integer('sequence').notNullable().unique({ indexName: 'signing_key_sequence_unique' });
    table.text('private_key').notNullable();
    table.json('public_jwk').notNullable();
    timeColumn(table, 'created_at').notNullable();
    timeColumn(table, 'activates_at').notNullable();
    timeColumn(table, 'retires_at');
    table.check('sequence > 0', undefined, 'signing_key_sequence_positive');
  }),
);
