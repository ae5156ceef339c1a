import { defineMigration, idColumn, timeColumn } from '@stoa/database';

/** A SHA-256 digest in base64url. */
const digestLength = 43;

export const sessions = defineMigration('2026-11-24-2-sessions', (schema) =>
  schema
    .createTable('session', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'user_id').notNullable().references('id').inTable('user_account').onDelete('cascade');
      timeColumn(table, 'created_at').notNullable();
      timeColumn(table, 'expires_at').notNullable();
      timeColumn(table, 'revoked_at');
      table.index(['user_id'], 'session_user_id_index');
    })
    .createTable('refresh_token', (table) => {
      table.string('token_hash', digestLength).primary();
      idColumn(table, 'session_id').notNullable().references('id').inTable('session').onDelete('cascade');
      timeColumn(table, 'created_at').notNullable();
      timeColumn(table, 'used_at');
      table.index(['session_id'], 'refresh_token_session_id_index');
    })
    .createTable('mailed_link', (table) => {
      table.string('token_hash', digestLength).primary();
      idColumn(table, 'user_id').notNullable().references('id').inTable('user_account').onDelete('cascade');
      table.string('purpose', 20).notNullable();
      timeColumn(table, 'created_at').notNullable();
      timeColumn(table, 'expires_at').notNullable();
      table.check("purpose in ('RESET_PASSWORD', 'VERIFY_EMAIL')", undefined, 'mailed_link_purpose_known');
      table.index(['user_id', 'purpose'], 'mailed_link_user_id_index');
    })
    .createTable('attempt_window', (table) => {
      table.string('subject', 80).primary();
      table.integer('attempts').notNullable();
      timeColumn(table, 'ends_at').notNullable();
      table.check('attempts > 0', undefined, 'attempt_window_attempts_positive');
      table.index(['ends_at'], 'attempt_window_ends_at_index');
    }),
);
