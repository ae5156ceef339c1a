export type { Knex, SqlEntityManager as EntityManager } from '@mikro-orm/knex';
export { amountColumn, baseColumns, baseProperties, idColumn, timeColumn } from './base-columns.ts';
export { connectDatabase } from './connect-database.ts';
export {
  applyPage,
  type Connection,
  type ConnectionArguments,
  connectionPage,
  type ListOrder,
  type Page,
  type PageInfo,
  toConnection,
} from './connection.ts';
export { decodeCursor, encodeCursor, type Position } from './cursor.ts';
export type { Database } from './database.ts';
export { defineMigration, type MigrationDefinition, type TableBuilder } from './define-migration.ts';
export { type Engine, engineOf } from './engine.ts';
export { type Gathered, gathered } from './gathered.ts';
export { lazily } from './lazily.ts';
export { lazyFork } from './lazy-fork.ts';
export { type Loader, loadBy, loadMany, loadOne } from './loaders.ts';
export { migrate } from './migrate.ts';
export { type DatabaseOptions, openDatabase } from './open-database.ts';
export { readBoolean, readInteger, readJson, readTime, writeTime } from './read-values.ts';
export { type Row, type Rows, rowsOf, type Where } from './rows/rows.ts';
export { writtenOut } from './rows/statements.ts';
export { afterCommit, beforeCommit, inTransaction } from './transaction/in-transaction.ts';
export { writtenTogether } from './written-together.ts';
