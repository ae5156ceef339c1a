import { fixedClock } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import type { RequestScope } from '@stoa/subgraph';
import { databaseEngines, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { consume, createInMemoryBroker, deadLetters, eventLag } from '../src/index.ts';
import { effectsIn, have, notesWith, noteWritten, write } from './notes.ts';

const running: TestSubgraph[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

/** A subgraph whose consumer has something to do about the given steps of notes. */
async function notes(databaseUrl: string, isTransactional: boolean, steps: readonly number[]) {
  const asked: number[] = [];
  const given: (string | undefined)[] = [];
  const broker = createInMemoryBroker();
  const consumer = consume(noteWritten, {
    name: 'count-notes',
    isTransactional,
    async ahead(events) {
      asked.push(events.length);
      const needed = events.filter(({ payload }) => steps.includes(payload.step));
      return new Map(needed.map(({ id, payload }) => [id, `step ${payload.step}`]));
    },
    handle: async ({ em }: RequestScope, { payload }, _app, ahead) => {
      given.push(ahead);
      have(em, payload);
      await em.flush();
    },
  });
  const test = await testSubgraph(notesWith([consumer]), { databaseUrl, broker, clock: fixedClock() });
  running.push(test);
  const { database } = test.subgraph;
  const em = () => database.em.fork() as EntityManager;
  return {
    asked,
    given,
    broker,
    write: (noteId: string, ...written: number[]) => write(em(), noteId, ...written),
    relay: () => test.subgraph.work('relay-events'),
    handle: () => test.subgraph.work('handle-count-notes'),
    statementsOf: test.statementsOf,
    effects: () => effectsIn(database.em as EntityManager),
    waiting: async () => (await eventLag(database))?.consumers.get('count-notes'),
    dead: () => deadLetters(database, {}, 10),
  };
}

describe.each(databaseEngines)('a consumer that reads ahead on $engine', ({ engine, freshUrl }) => {
  it.each([true, false])(
    'has the effects of that alone, in order; in a transaction: %s',
    async (isTransactional) => {
      const shop = await notes(freshUrl(), isTransactional, [2, 3, 5]);
      await shop.write('n-1', 1, 2, 3);
      await shop.write('n-2', 6);
      await shop.write('n-3', 5);
      await shop.relay();
      for (let pass = 0; pass < 3; pass += 1) await shop.handle();
      const effects = await shop.effects();
      expect(effects.filter((effect) => effect.startsWith('n-1'))).toEqual(['n-1:2', 'n-1:3']);
      expect([...effects].sort()).toEqual(['n-1:2', 'n-1:3', 'n-3:5']);
      expect(await shop.waiting()).toBeUndefined();
      // Of the first note only the oldest was asked about.
      expect([...shop.given].sort()).toEqual(['step 5', undefined, undefined]);
    },
  );

  it('handles what does not concern it by one statement', async () => {
    const shop = await notes(freshUrl(), false, []);
    for (let note = 0; note < 20; note += 1) await shop.write(`n-${note}`, 1);
    await shop.relay();
    const statements = await shop.statementsOf(shop.handle);
    expect(shop.asked).toEqual([20]);
    // What waits is read, in a transaction on PostgreSQL, and marked.
    expect(statements).toHaveLength(engine === 'sqlite' ? 2 : 5);
    expect(await shop.effects()).toEqual([]);
  });

  it('leaves it to be set aside when an event has not the form', async () => {
    const shop = await notes(freshUrl(), false, []);
    const at = new Date('2026-02-03T04:05:06.789Z');
    const malformed = {
      id: 'e-1',
      type: noteWritten.type,
      aggregateId: 'n-1',
      requestId: 'r-1',
      occurredAt: at,
    };
    await shop.broker.publish([{ ...malformed, payload: { step: 'one' } }]);
    await shop.handle();
    expect(await shop.dead()).toMatchObject([{ id: 'e-1' }]);
  });
});
