import type { Clock } from '@stoa/clock';
import { type Database, type EntityManager, inTransaction, lazyFork, rowsOf } from '@stoa/database';
import type { Logger } from '@stoa/telemetry';
import type { EventSettings } from '../config.ts';
import type { Consumer } from './consumer.ts';
import { eventStates } from './event-states.ts';
import { joinTransaction } from './join-transaction.ts';
import { type Leases, leasesOf } from './leases.ts';
import { retryDelayMs } from './retry-delay.ts';
import { type WaitingEvent, waitingEvents, windowSize } from './waiting-events.ts';

export interface HandlerOptions<Context, App> {
  readonly consumer: Consumer<Context, App>;
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: EventSettings;
  readonly app: App;
  /** A context that acts as the service for the event's request, over the given unit of work. */
  readonly contextFor: (event: WaitingEvent, em: EntityManager) => Context;
}

/** What became of an attempt. `busy`: it was somebody else's. */
type Outcome = 'handled' | 'failed' | 'busy';

/**
 * Makes the pass of a consumer. A pass handles what waits in its inbox: the events of one aggregate one after the other,
 * those of several aggregates side by side. One that fails is tried again after a growing delay, and holds up its own
 * aggregate alone; after the last attempt, or when its payload has not the event's form, it is set aside. Several
 * instances may run at once.
 * @returns a pass that answers true when there is more to do at once; told to stop, it ends after the events in hand
 */
export function createHandler<Context, App>(
  options: HandlerOptions<Context, App>,
): (stopping: AbortSignal) => Promise<boolean> {
  const { consumer, database, clock, settings } = options;
  // SQLite has one connection, so that transactions at once would only wait for each other. Effects outside of it go side by side, and
  // what they write before and after is committed together.
  const isOneByOne = consumer.isTransactional && !rowsOf(database.em).isPostgreSql;
  const concurrency = isOneByOne ? 1 : settings.concurrency;
  return async (stopping) => {
    const waiting = await waitingEvents(database, consumer.name, clock.now());
    const ahead = await readAhead(options, waiting);
    const passedOver = await passOver(options, waiting.flat(), ahead);
    const aggregates = waiting
      .map((events) => events.filter((event) => !passedOver.has(event)))
      .filter((events) => events.length > 0);
    const leases = consumer.isTransactional ? null : leasesOf(database, clock, settings.leaseMs);
    let settled = passedOver.size;
    const queue = aggregates.values();
    const handleAggregates = async () => {
      for (const events of queue) {
        for (const event of events) {
          if (stopping.aborted) return;
          const outcome = await attempt(options, leases, event, ahead.get(event.id));
          if (outcome !== 'busy') settled += 1;
          if (outcome !== 'handled') break;
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, handleAggregates));
    const seen = waiting.reduce((sum, events) => sum + events.length, 0);
    return settled > 0 && seen === windowSize;
  };
}

type Ahead = Awaited<ReturnType<NonNullable<Consumer<unknown, unknown>['readAhead']>>>;

/** What the oldest events need, where the consumer reads that ahead. */
async function readAhead<Context, App>(
  { consumer, app }: HandlerOptions<Context, App>,
  waiting: readonly (readonly WaitingEvent[])[],
): Promise<Ahead> {
  const oldest = waiting.flatMap((events) => events.slice(0, 1));
  if (oldest.length === 0 || consumer.readAhead === undefined) return new Map();
  return consumer.readAhead(oldest, app);
}

/** Marks events as handled that need nothing, all of them at once. */
async function passOver<Context, App>(
  { database, clock }: HandlerOptions<Context, App>,
  waiting: readonly WaitingEvent[],
  ahead: Ahead,
): Promise<ReadonlySet<WaitingEvent>> {
  const needless = waiting.filter(({ id }) => ahead.get(id) === null);
  if (needless.length > 0) {
    const positions = needless.map(({ position }) => position);
    await eventStates.handleAll(database.em, positions, clock.now(), clock.now());
  }
  return new Set(needless);
}

/** @param leases null where the effect is in the transaction of the mark */
async function attempt<Context, App>(
  options: HandlerOptions<Context, App>,
  leases: Leases | null,
  event: WaitingEvent,
  ahead: unknown,
): Promise<Outcome> {
  const { consumer, database, clock, logger, settings } = options;
  const { em } = database;
  const attempts = event.attempts + 1;
  const facts = { consumer: consumer.name, eventId: event.id, type: event.type, attempts };
  const bury = async (error: unknown): Promise<Outcome> => {
    await eventStates.bury(em, event, attempts, clock.now(), error);
    logger.error({ event: 'event.dead-lettered', ...facts, err: error });
    // What comes after it is not held up any longer.
    return 'handled';
  };

  // Its process ended in the middle of each attempt.
  if (event.attempts >= settings.attempts) return bury(new Error('No attempt came to an end'));
  let act: (context: Context) => Promise<void>;
  try {
    const accepted = consumer.accept(event);
    act = (context) => accepted(context, options.app, ahead);
  } catch (error) {
    return bury(error);
  }
  try {
    const isOurs = await (leases === null
      ? actInside(options, event, act)
      : actOutside(options, leases, event, act));
    return isOurs ? 'handled' : 'busy';
  } catch (error) {
    if (attempts >= settings.attempts) return bury(error);
    const dueAt = new Date(clock.now().getTime() + retryDelayMs(attempts, settings));
    await eventStates.retry(em, event, attempts, dueAt, error);
    logger.warn({ event: 'event.failed', ...facts, dueAt, err: error });
    return 'failed';
  }
}

/** The effect and the mark are one transaction. */
function actInside<Context, App>(
  { database, clock, contextFor }: HandlerOptions<Context, App>,
  event: WaitingEvent,
  act: (context: Context) => Promise<void>,
): Promise<boolean> {
  return inTransaction(database.em, async (tx) => {
    const em = joinTransaction(tx);
    if (!(await eventStates.handle(em, event, clock.now()))) return false;
    await act(contextFor(event, em));
    return true;
  });
}

/** The effect comes first, under a lease; the mark follows. An end in between has it tried again when the lease is over. */
async function actOutside<Context, App>(
  { database, contextFor }: HandlerOptions<Context, App>,
  leases: Leases,
  event: WaitingEvent,
  act: (context: Context) => Promise<void>,
): Promise<boolean> {
  if (!(await leases.take(event))) return false;
  await act(contextFor(event, lazyFork(database.em)));
  await leases.markHandled(event);
  return true;
}
