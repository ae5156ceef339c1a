import type { Knex } from '@mikro-orm/knex';
import { Migration } from '@mikro-orm/migrations';

/** What a table is written with: knex's schema builder, which speaks both engines. */
export type TableBuilder = Knex.CreateTableBuilder;

export interface MigrationDefinition {
  readonly name: string;
  readonly migration: new (...args: ConstructorParameters<typeof Migration>) => Migration;
}

/**
 * A migration that runs alike on SQLite and PostgreSQL, in one transaction.
 * @param name sorts and identifies it, for example `2026-11-24-carts`; never changed once released
 * @param build describes the change; it is not reversed, a mistake is mended by the next migration
 */
export function defineMigration(
  name: string,
  build: (schema: Knex.SchemaBuilder, knex: Knex) => Knex.SchemaBuilder,
): MigrationDefinition {
  return {
    name,
    migration: class extends Migration {
      override up(): void {
        const knex = this.getKnex();
        // knex types a built schema as one statement, and returns a list.
        for (const { sql, bindings } of [build(knex.schema, knex).toSQL()].flat()) {
          this.addSql(knex.raw(sql, bindings ?? []).toQuery());
        }
      }
    },
  };
}
