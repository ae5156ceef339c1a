import { type Database, type Knex, writeTime } from '@stoa/database';
import type { WaitingEvent } from './waiting-events.ts';

/** Of a stack, what fits a screen. */
const longestError = 4_000;

/** The statements that move an event of the inbox from one state to the next; each on `connection`, which may be a transaction. */
export interface EventStates {
  /** Marks it as handled. False when it is so already or in the hands of another instance: the effect is not ours to have. */
  handle(connection: Knex, event: WaitingEvent, now: Date): Promise<boolean>;
  /** Takes it for an attempt without a transaction: nobody else does before `until`. False as above. */
  lease(connection: Knex, event: WaitingEvent, now: Date, until: Date): Promise<boolean>;
  /** Has it tried again. `attempts` is how often it has failed by now. */
  retry(connection: Knex, event: WaitingEvent, attempts: number, dueAt: Date, error: unknown): Promise<void>;
  /** Sets it aside, until it is replayed. */
  bury(connection: Knex, event: WaitingEvent, attempts: number, now: Date, error: unknown): Promise<void>;
}

export function eventStates(database: Database): EventStates {
  const time = (date: Date) => writeTime(database.em, date);
  /** Rows that are due; on PostgreSQL without waiting for one that another instance has locked. */
  const due = (connection: Knex, { position }: WaitingEvent, now: Date) => {
    const row = connection('inbox').where({ position }).where('due_at', '<=', time(now));
    return connection.client.dialect === 'postgresql'
      ? connection('inbox').where({ position: row.select('position').forUpdate().skipLocked() })
      : row;
  };
  const waiting = (connection: Knex, { position }: WaitingEvent) =>
    connection('inbox').where({ position }).whereNotNull('due_at');
  return {
    async handle(connection, event, now) {
      const handled = { due_at: null, handled_at: time(now), payload: null, error: null };
      return (await due(connection, event, now).update(handled)) === 1;
    },
    async lease(connection, event, now, until) {
      const leased = { due_at: time(until), attempts: event.attempts + 1 };
      return (await due(connection, event, now).update(leased)) === 1;
    },
    async retry(connection, event, attempts, dueAt, error) {
      await waiting(connection, event).update({ attempts, due_at: time(dueAt), error: textOf(error) });
    },
    async bury(connection, event, attempts, now, error) {
      const dead = { attempts, due_at: null, dead_at: time(now), error: textOf(error) };
      await waiting(connection, event).update(dead);
    },
  };
}

function textOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  // PostgreSQL keeps no NUL.
  return text.replaceAll('\0', '').slice(0, longestError);
}
