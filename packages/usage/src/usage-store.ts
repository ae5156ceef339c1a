import { existsSync } from 'node:fs';
import { openDatabase } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { forgetUsage } from './forget-usage.ts';
import { migrations } from './migrations.ts';
import {
  readFieldUse,
  readFirstDay,
  readLastUses,
  readOperations,
  type UseOfOperation,
} from './read-usage.ts';
import type { UsageBatch } from './usage-batch.ts';
import { writeBatch } from './write-batch.ts';

export interface UsageStoreOptions {
  /** `sqlite:/path/to/usage.sqlite` or `postgresql://user@host/name`. */
  url: string;
  /** Whether to refuse an SQLite file that does not exist, as who only reads would. */
  mustExist?: boolean;
}

/** The record of which client's operations used which parts of the graph. It is also the schema check's UsageSource. */
export interface UsageStore {
  /** Adds counts, all of them or none. */
  write(batch: UsageBatch): Promise<void>;
  /** Drops the days before. */
  forget(before: Date): Promise<void>;
  /** Every distinct operation of every client that was sent at or after `since`; counts are from the start of that day (UTC). */
  operations(since: Date): Promise<(UseOfOperation & { readonly body: string | null })[]>;
  /** Who used a schema coordinate such as `Product.name` at or after `since`, the most frequent first. */
  fieldUse(coordinate: string, since: Date): Promise<UseOfOperation[]>;
  /** When each coordinate that was ever used was used last. */
  lastUses(): Promise<Map<string, Date>>;
  /** The start of the first day on record; null when nothing was recorded yet. */
  firstDay(): Promise<Date | null>;
  close(): Promise<void>;
}

/**
 * Opens the record, and makes it when it is missing.
 * @throws {Failure} not-found when it must exist and does not; unavailable when it cannot be opened
 */
export async function openUsageStore({ url, mustExist = false }: UsageStoreOptions): Promise<UsageStore> {
  const file = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : null;
  if (mustExist && file !== null && !existsSync(file)) {
    throw new Failure(
      'not-found',
      `There is no record of use at ${file}: the router writes one with USAGE=on. Name another by USAGE_DATABASE_URL`,
    );
  }
  const database = await openDatabase({ url, entities: [], migrations, poolSize: 2 });
  const em = () => database.em.fork();
  return {
    write: (batch) => writeBatch(em(), batch),
    forget: (before) => forgetUsage(em(), before),
    operations: (since) => readOperations(em(), since),
    fieldUse: (coordinate, since) => readFieldUse(em(), coordinate, since),
    lastUses: () => readLastUses(em()),
    firstDay: () => readFirstDay(em()),
    close: () => database.close(true),
  };
}
