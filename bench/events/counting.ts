import { defineEntity, p } from '@mikro-orm/core';
import { type Database, defineMigration, inTransaction, readInteger } from '@stoa/database';
import {
  type Broker,
  consume,
  defineEvent,
  eventLag,
  eventMigrations,
  type Occurrence,
  OutboxEvent,
  recordEvent,
  z,
} from '@stoa/events';
import { createDirectory, localServices } from '@stoa/rpc';
import { defineSubgraph, type RequestScope, type Subgraph } from '@stoa/subgraph';
import { silentLogger } from '@stoa/telemetry';
import { dropDatabases } from '../../tooling/test-services/drop-databases.ts';

/** What is measured: a step of a counter, with a payload of the size of a small order. */
const counted = defineEvent(
  'bench.counted.v1',
  z.object({ counterId: z.string(), step: z.number().int(), note: z.string() }),
);
const note = 'x'.repeat(200);

const Effect = defineEntity({
  name: 'Effect',
  tableName: 'effect',
  properties: { id: p.integer().primary(), counter: p.string(), step: p.integer() },
});
/** Nothing keeps an effect from being there twice: it shows when one is. */
const effects = defineMigration('010-effects', (schema) =>
  schema.createTable('effect', (table) => {
    table.increments('id');
    table.string('counter').notNullable();
    table.integer('step').notNullable();
  }),
);

export const counting = defineSubgraph({
  name: 'bench',
  folder: new URL('.', import.meta.url),
  entities: [OutboxEvent, Effect],
  migrations: [...eventMigrations, effects],
  app: () => ({}),
  context: (scope: RequestScope) => scope,
  resolvers: { Query: { ready: () => true } },
  consumers: [
    consume(counted, {
      name: 'count',
      handle: async ({ em }: RequestScope, { payload }) => {
        em.create(Effect, { counter: payload.counterId, step: payload.step });
      },
    }),
  ],
});

/** The counting subgraph over a PostgreSQL database, which is made when it is missing; without a broker nothing moves. */
export function openCounting(databaseUrl: string, broker?: Broker): Promise<Subgraph> {
  return counting.create({
    environment: {
      NODE_ENV: 'test',
      DATABASE_URL: databaseUrl,
      STOA_CONTEXT_SECRET: 'the context secret of a measurement',
      STOA_SEED: 'false',
    },
    directory: createDirectory({ contextSecret: '', transportTo: localServices().transportTo }),
    logger: silentLogger,
    broker,
  });
}

/** A database of its own on a server. */
export function ownDatabase(server: string): { url: string; drop(): Promise<void> } {
  const name = `stoa_bench_${crypto.randomUUID().slice(0, 8)}`;
  return {
    url: Object.assign(new URL(server), { pathname: `/${name}` }).href,
    drop: () => dropDatabases(server, name),
  };
}

/** Records steps of counters, each counter's in order. */
export interface Recorder {
  /** Records `count` events in one transaction, of one counter after the other. */
  record(count: number): Promise<void>;
  recorded(): number;
}

export function createRecorder(database: Database, counters: number): Recorder {
  const steps = new Map<string, number>();
  let recorded = 0;
  return {
    async record(count) {
      const next = new Map<string, number>();
      const occurrences: { readonly occurrence: Occurrence; readonly step: number }[] = [];
      for (let index = 0; index < count; index += 1) {
        const counterId = `counter-${(recorded + index) % counters}`;
        const step = (next.get(counterId) ?? steps.get(counterId) ?? 0) + 1;
        next.set(counterId, step);
        const occurrence = {
          id: crypto.randomUUID(),
          aggregateId: counterId,
          requestId: 'bench',
          occurredAt: new Date(),
        };
        occurrences.push({ occurrence, step });
      }
      await inTransaction(database.em, async (tx) => {
        for (const { occurrence, step } of occurrences)
          recordEvent(tx, counted, occurrence, { counterId: occurrence.aggregateId, step, note });
      });
      for (const [counterId, step] of next) steps.set(counterId, step);
      recorded += count;
    },
    recorded: () => recorded,
  };
}

/** What came of the events that were recorded. */
export interface Count {
  readonly lost: number;
  readonly doubled: number;
  /** Effects that came after a later one of their counter. */
  readonly outOfOrder: number;
  readonly dead: number;
}

export async function countEffects(database: Database, recorded: number): Promise<Count> {
  const [row = {}] = await database.em.getConnection().execute(`
    select count(*) as total, count(distinct (counter, step)) as different,
      count(*) filter (where step < before) as disordered
    from (select counter, step, lag(step) over (partition by counter order by id) as before from effect) as ordered`);
  const lag = await eventLag(database);
  const different = readInteger(row.different);
  return {
    lost: recorded - different,
    doubled: readInteger(row.total) - different,
    outOfOrder: readInteger(row.disordered),
    dead: lag?.consumers.get('count')?.dead ?? 0,
  };
}

/** What is on its way: recorded and not handled yet, wherever it lies. */
export async function underWay(database: Database, recorded: number): Promise<number> {
  const [row = {}] = await database.em.getConnection().execute('select count(*) as total from effect');
  return recorded - readInteger(row.total);
}
