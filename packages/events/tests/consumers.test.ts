import { fixedClock } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import type { RequestScope } from '@stoa/subgraph';
import { databaseEngines, postgresUrl, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Broker,
  type ConsumedEvent,
  consume,
  createInMemoryBroker,
  deadLetters,
  type EventMessage,
  eventLag,
  replayDeadLetters,
} from '../src/index.ts';
import { eventually } from './eventually.ts';
import { effectsIn, have, notesWith, noteWritten, write } from './notes.ts';

type Handle = (
  context: RequestScope,
  event: ConsumedEvent<{ noteId: string; step: number }>,
) => void | Promise<void>;

const running: TestSubgraph[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

/** A subgraph that consumes its own events with `handle`. */
async function notes(databaseUrl: string, handle: Handle, { isTransactional = true, attempts = '3' } = {}) {
  const clock = fixedClock();
  const broker = createInMemoryBroker();
  const consumer = consume(noteWritten, {
    name: 'count-notes',
    isTransactional,
    handle: async (context: RequestScope, event) => handle(context, event),
  });
  const test = await testSubgraph(notesWith([consumer]), {
    databaseUrl,
    clock,
    broker,
    environment: { EVENT_ATTEMPTS: attempts, EVENT_RETRY_MS: '100', EVENT_RETRY_LONGEST_MS: '150' },
  });
  running.push(test);
  const { database } = test.subgraph;
  return {
    clock,
    broker,
    database,
    subgraph: test.subgraph,
    statementsOf: test.statementsOf,
    write: (noteId: string, ...steps: number[]) =>
      write(database.em.fork() as EntityManager, noteId, ...steps),
    /** Has all that was recorded received and, as far as it is due, handled. */
    async settle() {
      await test.subgraph.work('relay-events');
      await test.subgraph.work('handle-count-notes');
    },
    effects: () => effectsIn(database.em as EntityManager),
    dead: () => deadLetters(database, {}, 10),
  };
}

const count: Handle = ({ em }, { payload }) => have(em, payload);
/** Fails as often as told for each event, and then counts it. */
function failing(times: number, which: (step: number) => boolean = () => true): Handle {
  const failures = new Map<string, number>();
  return ({ em }, { id, payload }) => {
    have(em, payload);
    const failed = failures.get(id) ?? 0;
    failures.set(id, failed + 1);
    if (which(payload.step) && failed < times) throw new Error(`failure ${failed + 1}`);
  };
}
/** Publishes all over again, as a relay does that ended before it could remove what it had published. */
function remembering(broker: Broker) {
  const published: EventMessage[] = [];
  const { publish } = broker;
  broker.publish = (events) => {
    published.push(...events);
    return publish(events);
  };
  return { again: () => publish(published) };
}

describe.each(databaseEngines)('a consumer on $engine', ({ freshUrl }) => {
  it('has the effect of each event, in order, for the request that made it', async () => {
    const seen: unknown[] = [];
    const shop = await notes(freshUrl(), (context, event) => {
      seen.push([context.call.viewer, context.call.requestId, event.type, event.aggregateId]);
      return count(context, event);
    });
    await shop.write('n-1', 1, 2, 3);
    await shop.settle();
    expect(await shop.effects()).toEqual(['n-1:1', 'n-1:2', 'n-1:3']);
    const service = { kind: 'service', id: 'notes', roles: [], scopes: [], sessionId: null };
    expect(seen[0]).toEqual([service, 'r-1', 'note.written.v1', 'n-1']);
  });

  it('has it once, however often an event comes', async () => {
    const shop = await notes(freshUrl(), count);
    const published = remembering(shop.broker);
    await shop.write('n-1', 1, 2);
    await shop.subgraph.work('relay-events');
    await published.again();
    await shop.settle();
    await published.again();
    await shop.settle();
    expect(await shop.effects()).toEqual(['n-1:1', 'n-1:2']);
  });

  it('has none of it when it fails, and tries again after a growing delay', async () => {
    const shop = await notes(freshUrl(), failing(2));
    await shop.write('n-1', 1);
    await shop.settle();
    expect(await shop.effects()).toEqual([]);
    shop.clock.advance(99);
    await shop.settle();
    expect((await eventLag(shop.database))?.consumers.get('count-notes')).toMatchObject({ retrying: 1 });
    shop.clock.advance(1);
    await shop.settle();
    shop.clock.advance(149);
    await shop.settle();
    expect(await shop.effects()).toEqual([]);
    shop.clock.advance(1);
    await shop.settle();
    expect(await shop.effects()).toEqual(['n-1:1']);
  });

  it('holds up what comes after an event that failed, and nothing of other aggregates', async () => {
    const shop = await notes(
      freshUrl(),
      failing(1, (step) => step === 1),
    );
    await shop.write('n-1', 1, 2);
    await shop.write('n-2', 7);
    await shop.settle();
    expect(await shop.effects()).toEqual(['n-2:7']);
    shop.clock.advance(100);
    await shop.settle();
    expect(await shop.effects()).toEqual(['n-2:7', 'n-1:1', 'n-1:2']);
  });

  it('sets an event aside after the last attempt, goes on, and has its effect once when it is replayed', async () => {
    const shop = await notes(
      freshUrl(),
      failing(3, (step) => step === 1),
    );
    await shop.write('n-1', 1, 2);
    for (const _ of [1, 2, 3]) {
      await shop.settle();
      shop.clock.advance(150);
    }
    expect(await shop.effects()).toEqual(['n-1:2']);
    const [letter] = await shop.dead();
    expect(letter).toMatchObject({
      consumer: 'count-notes',
      type: 'note.written.v1',
      payload: { noteId: 'n-1', step: 1 },
      attempts: 3,
      error: expect.stringContaining('failure 3'),
    });
    const again = () => replayDeadLetters(shop.database, { id: letter?.id }, shop.clock.now());
    expect([await again(), await again()]).toEqual([1, 0]);
    await shop.settle();
    expect(await again()).toBe(0);
    await shop.settle();
    expect(await shop.effects()).toEqual(['n-1:2', 'n-1:1']);
    expect(await shop.dead()).toEqual([]);
  });

  it('sets an event aside at once when its payload has not the form, and goes on', async () => {
    const shop = await notes(freshUrl(), count);
    const event = { type: 'note.written.v1', aggregateId: 'n-1', requestId: 'r', occurredAt: new Date() };
    await shop.broker.publish([
      { ...event, id: 'e-1', payload: { noteId: 'n-1', step: 'one' } },
      { ...event, id: 'e-2', payload: { noteId: 'n-1', step: 2 } },
    ]);
    await shop.settle();
    expect(await shop.effects()).toEqual(['n-1:2']);
    expect(await shop.dead()).toMatchObject([{ id: 'e-1', attempts: 1, payload: { step: 'one' } }]);
  });

  it('makes a rule with a transaction of its own a part of the transaction', async () => {
    const shop = await notes(freshUrl(), async ({ em }, { payload }) => {
      await em.fork().transactional(async (tx) => have(tx as EntityManager, payload));
      if (payload.step === 1) throw new Error('after all');
    });
    await shop.write('n-1', 1);
    await shop.write('n-2', 2);
    await shop.settle();
    expect(await shop.effects()).toEqual(['n-2:2']);
  });

  it('holds no transaction for an effect outside the database, and tries it again when it has failed', async () => {
    const sent: string[] = [];
    const shop = await notes(
      freshUrl(),
      ({ em }, { id }) => {
        expect(em.isInTransaction()).toBe(false);
        sent.push(id);
        if (sent.length === 1) throw new Error('the mail server was away');
      },
      { isTransactional: false },
    );
    await shop.write('n-1', 1);
    await shop.settle();
    shop.clock.advance(100);
    await shop.settle();
    await shop.settle();
    expect(sent).toHaveLength(2);
    expect(new Set(sent).size).toBe(1);
  });

  it('takes events for effects outside the database, and marks them, as many as go side by side by one statement', async () => {
    const sent: string[] = [];
    const shop = await notes(freshUrl(), (_, { payload }) => void sent.push(payload.noteId), {
      isTransactional: false,
    });
    const written = ['n-1', 'n-2', 'n-3', 'n-4'];
    for (const id of written) await shop.write(id, 1);
    await shop.subgraph.work('relay-events');
    const statements = await shop.statementsOf(() => shop.subgraph.work('handle-count-notes'));
    expect([...sent].sort()).toEqual(written);
    expect(statements.filter((sql) => sql.startsWith('update inbox'))).toHaveLength(2);
    await shop.settle();
    expect(sent).toHaveLength(4);
  });

  it('leaves an effect outside the database to whoever is about it', async () => {
    let tries = 0;
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const shop = await notes(
      freshUrl(),
      () => {
        tries += 1;
        return held;
      },
      { isTransactional: false },
    );
    await shop.write('n-1', 1);
    const first = shop.settle();
    await eventually(() => expect(tries).toBe(1));
    await shop.settle();
    go();
    await first;
    await shop.settle();
    expect(tries).toBe(1);
  });

  it('sets an effect outside the database aside when the process has ended at each attempt', async () => {
    let tries = 0;
    const shop = await notes(
      freshUrl(),
      () => {
        tries += 1;
      },
      { isTransactional: false },
    );
    await shop.write('n-1', 1);
    await shop.subgraph.work('relay-events');
    // As three leases leave it that ran out.
    await shop.database.em.getConnection().getKnex()('inbox').update({ attempts: 3 });
    await shop.settle();
    expect(tries).toBe(0);
    expect(await shop.dead()).toMatchObject([
      { error: expect.stringContaining('No attempt came to an end') },
    ]);
  });

  it('forgets what was handled long ago, and only that', async () => {
    const shop = await notes(
      freshUrl(),
      failing(9, (step) => step === 1),
    );
    await shop.write('n-1', 1);
    await shop.write('n-2', 2);
    await shop.settle();
    const rows = async () => {
      const knex = shop.database.em.getConnection().getKnex();
      return (await knex('inbox').select('aggregate_id')).map((row) => row.aggregate_id);
    };
    await shop.subgraph.work('forget-events');
    expect(await rows()).toHaveLength(2);
    shop.clock.advance(15 * 86_400_000);
    await shop.subgraph.work('forget-events');
    expect(await rows()).toEqual(['n-1']);
  });
});

describe.skipIf(postgresUrl() === null)('several instances of a consumer on PostgreSQL', () => {
  it('have each effect once, those of an aggregate in order', async () => {
    const [, postgresql] = databaseEngines;
    const url = postgresql?.freshUrl() ?? '';
    const slowly: Handle = async (context, event) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
      have(context.em, event.payload);
    };
    const instances = [await notes(url, slowly), await notes(url, slowly), await notes(url, slowly)];
    const [first] = instances;
    if (first === undefined) return;
    const aggregates = Array.from({ length: 12 }, (_, index) => `n-${index}`);
    for (const aggregate of aggregates) await first.write(aggregate, 1, 2, 3, 4, 5, 6, 7, 8);
    await first.subgraph.work('relay-events');
    const isDone = async () => (await eventLag(first.database))?.consumers.size === 0;
    await Promise.all(
      instances.map(async ({ settle }) => {
        while (!(await isDone())) await settle();
      }),
    );
    const effects = await first.effects();
    expect(effects).toHaveLength(12 * 8);
    for (const aggregate of aggregates) {
      expect(effects.filter((effect) => effect.startsWith(`${aggregate}:`))).toEqual(
        [1, 2, 3, 4, 5, 6, 7, 8].map((step) => `${aggregate}:${step}`),
      );
    }
  });
});

describe('a consumer is refused at boot', () => {
  it('when its name is not kebab-case', () => {
    expect(() => consume(noteWritten, { name: 'countNotes', handle: async () => {} })).toThrow(
      "Expected a consumer's name such as confirm-by-mail",
    );
  });

  it('when another has its name', async () => {
    const one = consume(noteWritten, { name: 'count-notes', handle: async () => {} });
    await expect(testSubgraph(notesWith([one, one]), { broker: createInMemoryBroker() })).rejects.toThrow(
      'notes has two consumers of the name count-notes',
    );
  });
});
