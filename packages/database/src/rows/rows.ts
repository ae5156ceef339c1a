import {
  type EntityData,
  type EntitySchema,
  OptimisticLockError,
  type RequiredEntityData,
} from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/knex';
import { pendingInsertsOf } from './pending-inserts.ts';
import type { RawRow } from './run-on.ts';
import { runSql } from './run-sql.ts';
import {
  type Condition,
  type Dialect,
  deleteStatement,
  handWritten,
  insertionOf,
  insertStatement,
  type Selection,
  type Statement,
  selectStatement,
  updateStatement,
  type WrittenOut,
} from './statements.ts';
import { isPostgreSql, type Table, tableOf } from './table.ts';

/** An entity as a row: what it refers to is the id of that. */
export type Row<Entity> = {
  readonly [Property in keyof Entity & string]: Entity[Property] extends { readonly id: infer Id }
    ? Id
    : Entity[Property];
};

/** Which rows: each property is the value, one of a list, null, or a word that is written out. None of them for all rows. */
export type Where<Entity> = {
  readonly [Property in keyof Entity & string]?:
    | Row<Entity>[Property]
    | readonly Row<Entity>[Property][]
    | WrittenOut<Row<Entity>[Property] & string>
    | null;
};

type Schema<Entity> = EntitySchema<Entity>;
type Order<Entity> = Omit<Selection, 'orderBy'> & {
  readonly orderBy?: { readonly [Property in keyof Entity & string]?: 'asc' | 'desc' };
};

/**
 * Reads and writes rows of entities by statements that are prepared once: what a busy path takes in place of
 * entities, which cost ten times as much. Nothing is remembered from one call to the next, and each but `insert` is done when
 * it resolves. In the transaction of the entity manager, if it is in one.
 */
export interface Rows {
  /** Where the engines differ, as to locks. */
  readonly isPostgreSql: boolean;
  find<Entity>(
    entity: Schema<Entity>,
    where: Where<Entity>,
    selection?: Order<Entity>,
  ): Promise<Row<Entity>[]>;
  /** The first row; null without one. */
  findOne<Entity>(
    entity: Schema<Entity>,
    where: Where<Entity>,
    selection?: Order<Entity>,
  ): Promise<Row<Entity> | null>;
  /**
   * Inserts rows that all have the same properties, by one statement. In a transaction that goes together with those inserted next, before
   * anything else is asked of it and at the latest at its end: what is refused is told then, and has all of it undone.
   */
  insert<Entity>(
    entity: Schema<Entity>,
    ...rows: readonly Readonly<RequiredEntityData<Entity>>[]
  ): Promise<void>;
  /** Inserts a row unless there is one with the same in `unique`; false when there is. */
  insertNew<Entity>(
    entity: Schema<Entity>,
    row: Readonly<RequiredEntityData<Entity>>,
    unique: readonly (keyof Entity & string)[],
  ): Promise<boolean>;
  /** Changes rows, and moves their version on. Gives how many. */
  update<Entity>(
    entity: Schema<Entity>,
    where: Where<Entity>,
    changes: Readonly<EntityData<Entity>>,
  ): Promise<number>;
  /**
   * Changes a row as it was read, and gives it as it is then.
   * @throws {OptimisticLockError} when somebody else has changed it since
   */
  change<Entity extends { id: string; version: number }>(
    entity: Schema<Entity>,
    row: Row<Entity>,
    changes: Partial<Row<Entity>>,
  ): Promise<Row<Entity>>;
  /** Changes the one row that is as `where` says, moves its version on, and gives it as it is then; null when there is none. */
  changeIf<Entity>(
    entity: Schema<Entity>,
    where: Where<Entity>,
    changes: Readonly<EntityData<Entity>>,
  ): Promise<Row<Entity> | null>;
  delete<Entity>(entity: Schema<Entity>, where: Where<Entity>): Promise<number>;
  /**
   * The rows of a statement written by hand, the same text each time: `?` stands for a value, `= any(?)` for one of a list. Times
   * are given as Date. `Found` is what the caller knows of the columns, as the engine gives them.
   */
  all<Found extends object = RawRow>(sql: string, values?: readonly unknown[]): Promise<readonly Found[]>;
  /** Runs a statement written by hand for its effect. Gives how many rows it changed. */
  run(sql: string, values?: readonly unknown[]): Promise<number>;
}

export function rowsOf(em: SqlEntityManager): Rows {
  const dialect: Dialect = { isPostgreSql: isPostgreSql(em) };
  const run = async ({ sql, values }: Statement) => (await runSql(em, sql, values, false)).changed;
  const rows: Rows = {
    isPostgreSql: dialect.isPostgreSql,
    async find(entity, where, selection = {}) {
      const table = tableOf(em, entity);
      const { sql, values } = selectStatement(dialect, table, conditions(where), selection as Selection);
      const found = await runSql(em, sql, values, true);
      return found.rows.map((row) => readRow(table, row)) as never;
    },
    async findOne(entity, where, selection = {}) {
      const [first] = await rows.find(entity, where, { ...selection, limit: 1 });
      return first ?? null;
    },
    async insert(entity, ...values) {
      if (values.length === 0) return;
      const insertion = insertionOf(tableOf(em, entity), values as never);
      const pending = pendingInsertsOf(em.getTransactionContext());
      if (pending === null) await run(insertStatement(dialect, insertion));
      else pending.add(insertion);
    },
    async insertNew(entity, row, unique) {
      const insertion = insertionOf(tableOf(em, entity), [row] as never);
      return (await run(insertStatement(dialect, insertion, unique))) === 1;
    },
    update(entity, where, changes) {
      const table = tableOf(em, entity);
      return run(updateStatement(dialect, table, conditions(where), changes as never));
    },
    async change(entity, row, changes) {
      const { id, version } = row as { id: string; version: number };
      const changed = await rows.update(entity, { id, version } as never, changes as never);
      if (changed !== 1)
        throw new OptimisticLockError(`${entity.meta.className} ${id} was changed by others`);
      return { ...row, ...changes, version: version + 1 };
    },
    async changeIf(entity, where, changes) {
      const table = tableOf(em, entity);
      const { sql, values } = updateStatement(dialect, table, conditions(where), changes as never, true);
      const [changed] = (await runSql(em, sql, values, true)).rows;
      return changed === undefined ? null : (readRow(table, changed) as never);
    },
    delete(entity, where) {
      return run(deleteStatement(dialect, tableOf(em, entity), conditions(where)));
    },
    async all(sql, values = []) {
      const statement = handWritten(dialect, sql, values);
      return (await runSql(em, statement.sql, statement.values, true)).rows as never;
    },
    run(sql, values = []) {
      return run(handWritten(dialect, sql, values));
    },
  };
  return rows;
}

function conditions(where: Readonly<Record<string, unknown>>): Condition[] {
  return Object.entries(where).filter(([, value]) => value !== undefined);
}

function readRow({ columns }: Table, raw: RawRow): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const { property, field, read } of columns) row[property] = read(raw[field]);
  return row;
}
