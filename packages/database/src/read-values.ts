import type { SqlEntityManager } from '@mikro-orm/knex';

/** Readers for the values of raw rows, which the two engines return in different types. */

/** bigint columns: a number from SQLite, a string from PostgreSQL. */
export function readInteger(value: unknown): number {
  const integer = Number(value);
  if (!Number.isSafeInteger(integer))
    throw new TypeError(`Expected an integer column, found ${String(value)}`);
  return integer;
}

/** Time columns: epoch milliseconds from SQLite, a Date from PostgreSQL. */
export function readTime(value: unknown): Date {
  const time =
    value instanceof Date
      ? value
      : new Date(typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : (value as string));
  if (Number.isNaN(time.getTime())) throw new TypeError(`Expected a time column, found ${String(value)}`);
  return time;
}

/** Boolean columns: 0 or 1 from SQLite. */
export function readBoolean(value: unknown): boolean {
  return value === true || value === 1;
}

/** JSON columns: text from SQLite, parsed from PostgreSQL. */
export function readJson<Value>(value: unknown): Value {
  return (typeof value === 'string' ? JSON.parse(value) : value) as Value;
}

/** A time for a raw query (knex), as MikroORM writes it: epoch milliseconds for SQLite, a Date for PostgreSQL. */
export function writeTime(em: SqlEntityManager, time: Date): Date | number {
  return em.getPlatform().processDateProperty(time) as Date | number;
}
