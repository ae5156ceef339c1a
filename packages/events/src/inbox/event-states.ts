import type { EntityManager } from '@stoa/database';
import { type Rows, rowsOf } from '@stoa/database';
import type { WaitingEvent } from './waiting-events.ts';

/** Of a stack, what fits a screen. */
const longestError = 4_000;

/** The statements that move an event of the inbox from one state to the next; in the transaction of `em`, if it is in one. */
export interface EventStates {
  /** Marks it as handled. False when it is so already or in the hands of another instance: the effect is not ours to have. */
  handle(em: EntityManager, event: WaitingEvent, now: Date): Promise<boolean>;
  /** Takes it for an attempt without a transaction: nobody else does before `until`. False as above. */
  lease(em: EntityManager, event: WaitingEvent, now: Date, until: Date): Promise<boolean>;
  /** Has it tried again. `attempts` is how often it has failed by now. */
  retry(em: EntityManager, event: WaitingEvent, attempts: number, dueAt: Date, error: unknown): Promise<void>;
  /** Sets it aside, until it is replayed. */
  bury(em: EntityManager, event: WaitingEvent, attempts: number, now: Date, error: unknown): Promise<void>;
}

export const eventStates: EventStates = {
  async handle(em, { position }, now) {
    const changes = 'due_at = null, handled_at = ?, payload = null, error = null';
    return (await changeDue(em, changes, [now], position, now)) === 1;
  },
  async lease(em, { position, attempts }, now, until) {
    return (await changeDue(em, 'due_at = ?, attempts = ?', [until, attempts + 1], position, now)) === 1;
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

/** Changes a row that is due; on PostgreSQL without waiting for one that another instance has locked. */
function changeDue(
  em: EntityManager,
  changes: string,
  values: readonly unknown[],
  position: number,
  now: Date,
): Promise<number> {
  const rows: Rows = rowsOf(em);
  const due = 'position = ? and due_at <= ?';
  return rows.run(
    rows.isPostgreSql
      ? `update inbox set ${changes}
         where position = (select position from inbox where ${due} for update skip locked)`
      : `update inbox set ${changes} where ${due}`,
    [...values, position, now],
  );
}

function textOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  // PostgreSQL keeps no NUL.
  return text.replaceAll('\0', '').slice(0, longestError);
}
