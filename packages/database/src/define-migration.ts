import type { Knex } from '@mikro-orm/knex';

/** What a table is written with: knex's schema builder, which speaks both engines. */
export type TableBuilder = Knex.CreateTableBuilder;

export interface MigrationDefinition {
  readonly name: string;
  readonly build: (schema: Knex.SchemaBuilder, knex: Knex) => Knex.SchemaBuilder;
}

/**
 * A migration that runs alike on SQLite and PostgreSQL, in one transaction.
 * @param name sorts and identifies it, for example `2026-11-24-carts`; never changed once released
 * @param build describes the change; it is not reversed, a mistake is mended by the next migration
 */
export function defineMigration(name: string, build: MigrationDefinition['build']): MigrationDefinition {
  return { name, build };
}
