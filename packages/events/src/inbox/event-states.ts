import { type EntityManager, type Rows, readInteger, rowsOf } from '@stoa/database';
import type { WaitingEvent } from './waiting-events.ts';

/** Of a stack, what fits a screen. */
const longestError = 4_000;

/** The statements that move an event of the inbox from one state to the next; in the transaction of `em`, if it is in one. */
export interface EventStates {
  /** Marks it as handled. False when it is so already or in the hands of another instance: the effect is not ours to have. */
  handle(em: EntityManager, event: WaitingEvent, now: Date): Promise<boolean>;
  /**
   * Takes events for an attempt without a transaction: nobody else does before `until`.
   * @param positions in the inbox
   * @returns those that are ours, the others as above
   */
  leaseAll(
    em: EntityManager,
    positions: readonly number[],
    now: Date,
    until: Date,
  ): Promise<readonly number[]>;
  /** Marks those as handled that were leased until then or before. */
  handleAll(em: EntityManager, positions: readonly number[], leasedUntil: Date, now: Date): Promise<void>;
  /** Has it tried again. `attempts` is how often it has failed by now. */
  retry(em: EntityManager, event: WaitingEvent, attempts: number, dueAt: Date, error: unknown): Promise<void>;
  /** Sets it aside, until it is replayed. */
  bury(em: EntityManager, event: WaitingEvent, attempts: number, now: Date, error: unknown): Promise<void>;
}

const handled = 'due_at = null, handled_at = ?, payload = null, error = null';

export const eventStates: EventStates = {
  async handle(em, { position }, now) {
    return (await changeDue(em, handled, [now], [position], now)).length === 1;
  },
  leaseAll: (em, positions, now, until) =>
    changeDue(em, 'due_at = ?, attempts = attempts + 1', [until], positions, now),
  async handleAll(em, positions, leasedUntil, now) {
    await changeDue(em, handled, [now], positions, new Date(Math.max(leasedUntil.getTime(), now.getTime())));
  },
  async retry(em, { position }, attempts, dueAt, error) {
    await rowsOf(em).run(
      'update inbox set attempts = ?, due_at = ?, error = ? where position = ? and due_at is not null',
      [attempts, dueAt, textOf(error), position],
    );
  },
  async bury(em, { position }, attempts, now, error) {
    await rowsOf(em).run(
      `update inbox set attempts = ?, due_at = null, dead_at = ?, error = ?
       where position = ? and due_at is not null`,
      [attempts, now, textOf(error), position],
    );
  },
};

/** Changes those rows that are due, and gives their positions; on PostgreSQL without waiting for one that another instance has locked. */
async function changeDue(
  em: EntityManager,
  changes: string,
  values: readonly unknown[],
  positions: readonly number[],
  now: Date,
): Promise<readonly number[]> {
  const rows: Rows = rowsOf(em);
  const due = 'position = any(?) and due_at <= ?';
  const changed = await rows.all(
    rows.isPostgreSql
      ? `update inbox set ${changes}
         where position in (select position from inbox where ${due} for update skip locked) returning position`
      : `update inbox set ${changes} where ${due} returning position`,
    [...values, positions, now],
  );
  return changed.map(({ position }) => readInteger(position));
}

function textOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  // PostgreSQL keeps no NUL.
  return text.replaceAll('\0', '').slice(0, longestError);
}
