import type { EntityManager } from '@stoa/database';
import { silentLogger } from '@stoa/telemetry';
import { databaseEngines, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { type Broker, consume, deadLetters, openBroker, replayDeadLetters } from '../src/index.ts';
import { eventually } from './eventually.ts';
import { effectsIn, have, notesWith, noteWritten, write } from './notes.ts';
import { ownNames } from './rabbitmq.ts';

const rabbitMq = ownNames();
const brokers = [
  { kind: 'in memory', url: undefined, prefix: '', remove: async () => {} },
  ...(rabbitMq === null ? [] : [{ kind: 'on RabbitMQ', ...rabbitMq }]),
];
const cases = databaseEngines.flatMap((engine) => brokers.map((broker) => ({ ...engine, ...broker })));

const running: TestSubgraph[] = [];
let broker: Broker | undefined;
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
  await broker?.close();
});

/** Two subgraphs that run, as two services do: one writes notes, the other counts them. */
describe.each(cases)('events from one subgraph to another, $kind and on $engine', (options) => {
  it('go on behind a poisoned one, which is set aside and has its effect once when it is replayed', async () => {
    broker = await openBroker({ ...options, prefetch: 20 }, silentLogger);
    const environment = { EVENT_ATTEMPTS: '3', EVENT_RETRY_MS: '10', EVENT_POLL_MS: '10' };
    const start = async (module: Parameters<typeof testSubgraph>[0]) => {
      const one = await testSubgraph(module, { databaseUrl: options.freshUrl(), broker, environment });
      running.push(one);
      one.subgraph.startWork();
      return one.subgraph.database;
    };
    let isFixed = false;
    const counting = await start(
      notesWith(
        [
          consume(noteWritten, {
            name: 'count-notes',
            handle: async ({ em }: { em: EntityManager }, { payload }) => {
              have(em, payload);
              if (payload.noteId === 'n-poison' && payload.step === 1 && !isFixed) throw new Error('poison');
            },
          }),
        ],
        'counting',
      ),
    );
    const writing = await start(notesWith([], 'writing'));
    const em = () => writing.em.fork() as EntityManager;
    await write(em(), 'n-poison', 1, 2);
    await write(em(), 'n-1', 1, 2, 3);

    const effects = () => effectsIn(counting.em as EntityManager);
    await eventually(async () => expect(await effects()).toHaveLength(4));
    expect((await effects()).sort()).toEqual(['n-1:1', 'n-1:2', 'n-1:3', 'n-poison:2']);
    const dead = await deadLetters(counting, {}, 10);
    expect(dead).toMatchObject([{ aggregateId: 'n-poison', attempts: 3 }]);

    isFixed = true;
    await replayDeadLetters(counting, { consumer: 'count-notes' }, new Date());
    await eventually(async () => expect(await effects()).toHaveLength(5));
    await replayDeadLetters(counting, { consumer: 'count-notes' }, new Date());
    await write(em(), 'n-last', 1);
    await eventually(async () => expect(await effects()).toContain('n-last:1'));
    expect((await effects()).filter((effect) => effect === 'n-poison:1')).toHaveLength(1);
    for (const one of running.splice(0)) await one.stop();
    await broker.close();
    await options.remove(['counting.count-notes']);
  });
});
