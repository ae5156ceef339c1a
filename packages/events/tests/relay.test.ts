import { type Database, inTransaction, migrate, openDatabase } from '@stoa/database';
import { silentLogger } from '@stoa/telemetry';
import { databaseEngines, postgresUrl } from '@stoa/testkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { unavailable } from '../src/brokers/broker.ts';
import {
  type Broker,
  createRelay,
  defineEvent,
  type EventMessage,
  eventMigrations,
  OutboxEvent,
  onEventsCommitted,
  recordEvent,
  z,
} from '../src/index.ts';

const renamed = defineEvent('note.renamed.v1', z.object({ step: z.number() }));

const opened: Database[] = [];
const open = async (url: string) => {
  const database = await openDatabase({ url, entities: [OutboxEvent], migrations: eventMigrations });
  opened.push(database);
  return database;
};
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

/** Records an event for each of the aggregates, in that order, in a transaction of its own. */
async function record(database: Database, aggregates: readonly string[], step = 1): Promise<void> {
  await inTransaction(database.em, async (tx) => {
    for (const aggregateId of aggregates) {
      // The ids of events sort against the order in which they happen, as those of machines with clocks apart may.
      const id = `e-${String(9_999 - step).padStart(4, '0')}-${aggregateId}`;
      recordEvent(tx, renamed, { id, aggregateId, requestId: 'r-1', occurredAt: new Date(step) }, { step });
    }
  });
}

const waiting = (database: Database) => database.em.fork().count(OutboxEvent);

/** A broker that remembers what was published. */
function listeningBroker(publish: (events: readonly EventMessage[]) => Promise<void> = async () => {}) {
  const published: EventMessage[] = [];
  const broker: Broker = {
    async publish(events) {
      await publish(events);
      published.push(...events);
    },
    subscribe: async () => ({ stop: async () => {} }),
    listen: async () => ({ stop: async () => {} }),
    close: async () => {},
  };
  return { broker, published };
}
const steps = (events: readonly EventMessage[]) =>
  events.map(({ aggregateId, payload }) => `${aggregateId}:${(payload as { step: number }).step}`);

describe.each(databaseEngines)('a relay on $engine', ({ freshUrl }) => {
  const relayOf = (database: Database, broker: Broker, batchSize?: number) =>
    createRelay({ database, broker, batchSize, logger: silentLogger });

  it('publishes what was recorded, in that order, and removes it', async () => {
    const database = await open(freshUrl());
    for (const step of [1, 2, 3]) await record(database, ['n-2', 'n-1'], step);
    const { broker, published } = listeningBroker();
    const pass = relayOf(database, broker, 4);
    expect([await pass(), await pass(), await pass()]).toEqual([true, false, false]);
    expect(steps(published)).toEqual(['n-2:1', 'n-1:1', 'n-2:2', 'n-1:2', 'n-2:3', 'n-1:3']);
    expect(published[0]).toMatchObject({
      type: 'note.renamed.v1',
      requestId: 'r-1',
      occurredAt: new Date(1),
    });
    expect(await waiting(database)).toBe(0);
  });

  it('publishes again what was published when it ended before it could say so', async () => {
    const database = await open(freshUrl());
    await record(database, ['n-1', 'n-2']);
    const { broker, published } = listeningBroker();
    const ended = relayOf(database, {
      ...broker,
      async publish(events) {
        await broker.publish(events);
        throw new Error('the process ended');
      },
    });
    await expect(ended()).rejects.toThrow('the process ended');
    expect(await waiting(database)).toBe(2);
    await relayOf(database, broker)();
    expect(steps(published)).toEqual(['n-1:1', 'n-2:1', 'n-1:1', 'n-2:1']);
    expect(await waiting(database)).toBe(0);
  });

  it('lets events wait while the broker is away', async () => {
    const database = await open(freshUrl());
    await record(database, ['n-1']);
    let isAway = true;
    const { broker, published } = listeningBroker(async () => {
      if (isAway) throw unavailable('away');
    });
    const pass = relayOf(database, broker);
    expect(await pass()).toBe(false);
    expect(await waiting(database)).toBe(1);
    isAway = false;
    await pass();
    expect(published).toHaveLength(1);
  });

  it('keeps the order of events that were recorded before the table had one', async () => {
    const url = freshUrl();
    const [first] = eventMigrations;
    const old = await openDatabase({ url, entities: [OutboxEvent], migrations: first ? [first] : [] });
    opened.push(old);
    const row = (id: string) => ({
      id,
      type: 'note.renamed.v1',
      aggregate_id: 'n-1',
      payload: '{"step":1}',
      request_id: 'r-1',
      occurred_at: new Date(1),
    });
    const knex = old.em.getConnection().getKnex();
    await knex('outbox').insert([row('e-2'), row('e-1')]);
    // In memory, SQLite's database is that of its connection.
    await migrate(old, eventMigrations);
    const { broker, published } = listeningBroker();
    await relayOf(old, broker)();
    expect(published.map(({ id }) => id)).toEqual(['e-1', 'e-2']);
  });

  it('is told at once of what a transaction has committed, and of nothing else', async () => {
    const database = await open(freshUrl());
    const wake = vi.fn();
    onEventsCommitted(database, wake);
    await record(database, ['n-1']);
    expect(wake).toHaveBeenCalledTimes(1);
    await inTransaction(database.em, async (tx) => {
      await inTransaction(tx, async (inner) => {
        const occurrence = { id: 'e-x', aggregateId: 'n-1', requestId: 'r-1', occurredAt: new Date(1) };
        recordEvent(inner, renamed, occurrence, { step: 2 });
      });
      expect(wake).toHaveBeenCalledTimes(1);
    });
    expect(wake).toHaveBeenCalledTimes(2);
    await inTransaction(database.em, async (tx) => tx.count(OutboxEvent));
    expect(wake).toHaveBeenCalledTimes(2);
  });
});

describe.skipIf(postgresUrl() === null)('several relays on PostgreSQL', () => {
  const [, postgresql] = databaseEngines;
  const freshUrl = () => postgresql?.freshUrl() ?? '';

  it('publish each event once, those of an aggregate in order', async () => {
    const url = freshUrl();
    const databases = [await open(url), await open(url), await open(url)];
    const aggregates = Array.from({ length: 40 }, (_, index) => `n-${index}`);
    const [writer] = databases;
    if (writer === undefined) return;
    let isWritten = false;
    const write = async () => {
      for (let step = 1; step <= 25; step += 1) await record(writer, aggregates, step);
      isWritten = true;
    };
    const { broker, published } = listeningBroker(
      () => new Promise((resolve) => setTimeout(resolve, Math.random() * 4)),
    );
    const relay = async (database: Database) => {
      const pass = createRelay({ database, broker, logger: silentLogger, batchSize: 30 });
      while (!isWritten || (await waiting(database)) > 0) await pass();
    };
    await Promise.all([write(), ...databases.map(relay)]);

    expect(published).toHaveLength(aggregates.length * 25);
    for (const aggregate of aggregates) {
      expect(steps(published.filter(({ aggregateId }) => aggregateId === aggregate))).toEqual(
        Array.from({ length: 25 }, (_, index) => `${aggregate}:${index + 1}`),
      );
    }
  });

  it('leave an aggregate alone while another publishes its earlier events', async () => {
    const url = freshUrl();
    const [one, other] = [await open(url), await open(url)];
    await record(one, ['n-1']);
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    let begin = () => {};
    const isPublishing = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const slow = listeningBroker(() => {
      begin();
      return held;
    });
    const first = createRelay({ database: one, broker: slow.broker, logger: silentLogger })();
    // Its event is locked by then.
    await isPublishing;
    await record(other, ['n-1', 'n-2'], 2);
    const fast = listeningBroker();
    const second = createRelay({ database: other, broker: fast.broker, logger: silentLogger });
    await second();
    expect(steps(fast.published)).toEqual(['n-2:2']);
    go();
    await first;
    await second();
    expect(steps(slow.published)).toEqual(['n-1:1']);
    expect(steps(fast.published)).toEqual(['n-2:2', 'n-1:2']);
  });
});
