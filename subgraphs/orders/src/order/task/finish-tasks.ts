import { rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import type { Context } from '../../context.ts';
import { doWork } from './do-work.ts';
import { OrderTask } from './order-task.entity.ts';

const batchSize = 20;
/** For how long a task belongs to whoever tries it; longer than any call takes. */
const takenForMs = 60_000;
const firstPauseMs = 2_000;
const longestPauseMs = 600_000;

/**
 * Does the tasks that are due, those of one order when it is given. Several processes may do so at once: each task is taken by
 * one of them.
 * @returns true when there may be more
 */
export async function finishTasks(context: Context, orderId?: string): Promise<boolean> {
  const now = context.clock.now();
  const due = await rowsOf(context.em).all(
    orderId === undefined ? dueTasks() : dueTasks('and order_id = ?'),
    [now, ...(orderId === undefined ? [] : [orderId]), batchSize],
  );
  for (const { id } of due) await finishTask(context, String(id));
  return due.length === batchSize;
}

/** The state is written out, as the partial index on those that are pending is found by the text. */
function dueTasks(which = ''): string {
  return `select id from order_task where state = 'PENDING' and due_at <= ? ${which} order by due_at, id limit ?`;
}

async function finishTask(context: Context, id: string): Promise<void> {
  const { em, clock, logger } = context;
  const now = clock.now();
  const rows = rowsOf(em);
  const isMine = await rows.run(
    `update order_task set due_at = ?, version = version + 1 where id = ? and state = 'PENDING' and due_at <= ?`,
    [new Date(now.getTime() + takenForMs), id, now],
  );
  const task = isMine === 1 ? await rows.findOne(OrderTask, { id }) : null;
  if (task === null) return;
  const { work, orderId, attempts } = task;
  const record = (changes: Partial<OrderTask>) =>
    rows.update(
      OrderTask,
      { id, state: 'PENDING' },
      { ...changes, attempts: attempts + 1, updatedAt: clock.now() },
    );
  const told = { task: id, kind: work.kind, orderId };
  try {
    const refusal = await doWork(work, id, context);
    if (refusal !== null) logger.error({ event: 'order.task-failed', ...told, reason: refusal });
    await record({ state: refusal === null ? 'DONE' : 'FAILED', dueAt: null, error: refusal });
  } catch (error) {
    if (isForGood(error)) {
      logger.error({ event: 'order.task-failed', ...told, err: error });
      await record({ state: 'FAILED', dueAt: null, error: error.message });
      return;
    }
    logger.warn({ event: 'order.task-not-done', ...told, attempts: attempts + 1, err: error });
    const pauseMs = Math.min(firstPauseMs * 2 ** attempts, longestPauseMs);
    await record({
      dueAt: new Date(clock.now().getTime() + pauseMs),
      error: error instanceof Error ? error.message : String(error),
    });
  }
}

/** What the other side will answer again, however often it is asked. */
function isForGood(error: unknown): error is Failure {
  return error instanceof Failure && ['bad-input', 'not-found', 'conflict'].includes(error.kind);
}
