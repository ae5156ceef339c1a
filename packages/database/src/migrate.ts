import type { Database } from './database.ts';
import type { MigrationDefinition } from './define-migration.ts';

/**
 * Applies the migrations that a database has not had yet, in their order. What applies them is loaded only then: it takes a
 * tenth of a start.
 */
export async function migrate(database: Database, migrations: readonly MigrationDefinition[]): Promise<void> {
  if (await hasAll(database, migrations)) return;
  const { Migration, Migrator } = await import('@mikro-orm/migrations');
  const migrationsList = migrations.map(({ name, build }) => ({
    name,
    class: class extends Migration {
      override up(): void {
        const knex = this.getKnex();
        // knex types a built schema as one statement, and returns a list.
        for (const { sql, bindings } of [build(knex.schema, knex).toSQL()].flat()) {
          this.addSql(knex.raw(sql, bindings ?? []).toQuery());
        }
      }
    },
  }));
  const options = { migrationsList, snapshot: false, silent: true, disableForeignKeys: false };
  database.config.set('migrations', { ...database.config.get('migrations'), ...options });
  await new Migrator(database.em).up();
}

async function hasAll({ em }: Database, migrations: readonly MigrationDefinition[]): Promise<boolean> {
  if (migrations.length === 0) return true;
  try {
    const applied: readonly { name: string }[] = await em
      .getConnection()
      .execute('select name from mikro_orm_migrations');
    const names = new Set(applied.map(({ name }) => name));
    return migrations.every(({ name }) => names.has(name));
  } catch {
    // There is no such table before the first; whatever else is wrong, the migrator meets it.
    return false;
  }
}
