import type { EntitySchema } from '@mikro-orm/core';
import type { Clock } from '@stoa/clock';
import type { Database, EntityManager } from '@stoa/database';
import { Failure } from '@stoa/errors';
import {
  type Broker,
  createHandler,
  createRelay,
  type EventSettings,
  eventMigrations,
  forgetEvents,
  OutboxEvent,
  onEventsCommitted,
  receiveEvents,
  type Subscribed,
} from '@stoa/events';
import { type CallContext, serviceContext } from '@stoa/identity';
import type { Logger } from '@stoa/telemetry';
import type { SubgraphDefinition } from './definition.ts';
import type { Loop } from './worker.ts';

const sweepPauseMs = 600_000;
/** How long events that are committed about the same time are waited for, so that a shop relays them in batches. */
const gatherMs = 50;
/** How far apart the batches of a busy shop are at least: reading and removing a few costs as much as many. */
const apartMs = 200;
const dayMs = 86_400_000;

/** What of a subgraph's definition its events are. */
type EventParts<Context, App> = Pick<
  SubgraphDefinition<never, never, App, Context>,
  'name' | 'entities' | 'migrations' | 'consumers' | 'hears'
>;

export interface EventOptions<Context, App> {
  readonly definition: EventParts<Context, App>;
  readonly database: Database;
  readonly broker: Broker;
  readonly settings: EventSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly app: App;
  readonly newContext: (call: CallContext, em: EntityManager) => Context;
}

/** The events of a subgraph, at work: what it records goes to the broker, what it consumes comes from there. */
export interface Events {
  /** The relay, a handler a consumer, and the sweep of the inbox. */
  readonly loops: readonly Loop[];
  /** Receives no more. */
  stop(): Promise<void>;
}

/** Whether a subgraph records events, consumes any or waits for any. */
export function hasEvents<Context, App>(definition: EventParts<Context, App>): boolean {
  return hasTables(definition) || (definition.hears ?? []).length > 0;
}

function hasTables<Context, App>({ entities, consumers }: EventParts<Context, App>): boolean {
  return records(entities) || (consumers ?? []).length > 0;
}

function records(entities: readonly EntitySchema[]): boolean {
  return entities.some((entity) => entity.meta.className === OutboxEvent.meta.className);
}

/**
 * Subscribes the consumers of a subgraph, so that from here on their inbox takes events, and makes the loops that do
 * the work once they are started.
 * @throws {Failure} internal when it has not the tables for it, or two consumers of one name
 */
export async function connectEvents<Context, App>(options: EventOptions<Context, App>): Promise<Events> {
  const { definition, database, broker, settings, clock, logger, app, newContext } = options;
  const consumers = definition.consumers ?? [];
  assertSound(definition);

  const subscribed: Subscribed[] = [];
  const loops: Loop[] = [];
  for (const consumer of consumers) {
    let wakeHandler = () => {};
    loops.push({
      name: `handle-${consumer.name}`,
      pauseMs: settings.pollMs,
      pass: createHandler({
        consumer,
        database,
        clock,
        logger,
        settings,
        app,
        contextFor: (event, em) => newContext(serviceContext(definition.name, event.requestId), em),
      }),
      logger,
      wakenBy: (wake) => {
        wakeHandler = wake;
      },
    });
    const started = await broker.subscribe({
      group: groupOf(definition.name, consumer),
      types: [consumer.type],
      receive: async (events) => {
        await receiveEvents(database, clock, consumer.name, events);
        wakeHandler();
      },
    });
    subscribed.push(started);
  }
  if (consumers.length > 0) {
    loops.push({
      name: 'forget-events',
      pauseMs: sweepPauseMs,
      pass: () => forgetEvents(database, new Date(clock.now().getTime() - settings.retentionDays * dayMs)),
      logger,
    });
  }
  if (records(definition.entities)) {
    loops.push({
      name: 'relay-events',
      pauseMs: settings.pollMs,
      pass: createRelay({ database, broker, logger }),
      logger,
      wakenBy: (wake) => onEventsCommitted(database, soon(wake)),
    });
  }
  return {
    loops,
    async stop() {
      await Promise.all(subscribed.map((one) => one.stop()));
    },
  };
}

/** Once for all calls within a short while, which is longer when the last time was just before. */
function soon(callback: () => void): () => void {
  let isPending = false;
  let lastAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (isPending) return;
    isPending = true;
    const waitMs = Math.max(gatherMs, lastAt + apartMs - performance.now());
    setTimeout(() => {
      isPending = false;
      lastAt = performance.now();
      callback();
    }, waitMs).unref();
  };
}

/** The name of a consumer at the broker: `orders.confirm-by-mail`. */
export function groupOf(subgraph: string, consumer: { readonly name: string }): string {
  return `${subgraph}.${consumer.name}`;
}

function assertSound<Context, App>(definition: EventParts<Context, App>): void {
  const { name, migrations, consumers = [] } = definition;
  const listed = new Set(migrations.map((migration) => migration.name));
  if (hasTables(definition) && !eventMigrations.every((migration) => listed.has(migration.name))) {
    throw new Failure(
      'internal',
      `Expected ...eventMigrations of @stoa/events among the migrations of ${name}`,
    );
  }
  const names = consumers.map((consumer) => consumer.name);
  const twice = names.find((one, index) => names.indexOf(one) !== index);
  if (twice !== undefined) throw new Failure('internal', `${name} has two consumers of the name ${twice}`);
}
