import { type EntityManager, type Knex, writeTime } from '@stoa/database';
import type { UsageBatch, UsageClient } from './usage-batch.ts';

type Row = Record<string, Knex.Value>;

/** Well below what either engine takes as parameters of one statement. */
const rowsAStatement = 500;

/**
 * Adds a batch to the record, all of it or nothing. Several routers may do this at once: rows are
 * written in the order of their keys, so that two transactions cannot wait for each other.
 */
export async function writeBatch(em: EntityManager, batch: UsageBatch): Promise<void> {
  const time = (at: Date) => writeTime(em, at);
  await em.getKnex().transaction(async (transaction) => {
    const write = (table: string, keys: readonly string[], rows: readonly Row[], merge?: Row) =>
      upsert(transaction, table, keys, rows, merge);
    await write(
      'usage_operation',
      ['id'],
      batch.operations.map(({ id, name, kind, body }) => ({ id, name, kind, body })),
    );
    await write(
      'usage_coordinate',
      ['operation_id', 'coordinate'],
      batch.operations.flatMap(({ id, coordinates }) =>
        coordinates.map((coordinate) => ({ operation_id: id, coordinate, last_given: null })),
      ),
    );
    await write(
      'usage_coordinate',
      ['operation_id', 'coordinate'],
      batch.inputs.map(({ operationId, coordinate, lastSeen }) => ({
        operation_id: operationId,
        coordinate,
        last_given: time(lastSeen),
      })),
      // What the text uses stays so, whatever the variables gave as well.
      { last_given: later(transaction, 'usage_coordinate', 'last_given') },
    );
    const added = (table: string) => ({
      count: transaction.raw('?? + excluded.count', [`${table}.count`]),
      last_seen: later(transaction, table, 'last_seen'),
    });
    await write(
      'usage_count',
      ['operation_id', 'client_name', 'client_version', 'day'],
      batch.counts.map(({ operationId, client, day, count, lastSeen }) => ({
        operation_id: operationId,
        ...clientColumns(client),
        day,
        count,
        last_seen: time(lastSeen),
      })),
      added('usage_count'),
    );
    await write(
      'usage_other',
      ['coordinate', 'client_name', 'client_version', 'day'],
      batch.others.map(({ coordinate, client, day, count, lastSeen }) => ({
        coordinate: coordinate ?? '',
        ...clientColumns(client),
        day,
        count,
        last_seen: time(lastSeen),
      })),
      added('usage_other'),
    );
  });
}

/** Inserts rows; one whose key exists is merged, or left alone when nothing is to be merged. */
async function upsert(
  transaction: Knex.Transaction,
  table: string,
  keys: readonly string[],
  rows: readonly Row[],
  merge?: Row,
): Promise<void> {
  const keyOf = (row: Row) => keys.map((key) => String(row[key])).join('\n');
  const sorted = rows
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
  for (let start = 0; start < sorted.length; start += rowsAStatement) {
    const insert = transaction(table)
      .insert(sorted.slice(start, start + rowsAStatement))
      .onConflict([...keys]);
    await (merge === undefined ? insert.ignore() : insert.merge(merge));
  }
}

/** The later of a row's time and the new one; a row without a time keeps none. */
function later(transaction: Knex.Transaction, table: string, column: string): Knex.Raw {
  const kept = `${table}.${column}`;
  const given = `excluded.${column}`;
  return transaction.raw('case when ?? > ?? then ?? else ?? end', [given, kept, given, kept]);
}

function clientColumns({ name, version }: UsageClient): Row {
  return { client_name: name ?? '', client_version: version ?? '' };
}
