import type { Clock, NewId } from '@stoa/clock';
import type { Environment } from '@stoa/config';
import type { Broker } from '@stoa/events';
import { type CallContext, guest, signContext, type Viewer } from '@stoa/identity';
import { createDirectory, type LocalServices, localServices } from '@stoa/rpc';
import { buffered, type Stream } from '@stoa/streams';
import type { Subgraph, SubgraphModule } from '@stoa/subgraph';
import { silentLogger } from '@stoa/telemetry';
import type { FormattedExecutionResult } from 'graphql';

const secret = 'the context secret of the tests, and of nothing else';

export interface TestSubgraphOptions {
  /** A URL of `databaseEngines`; in memory when left out. */
  databaseUrl?: string;
  /** Whether to fill it with the demo shop; no by default. */
  seed?: boolean;
  environment?: Environment;
  clock?: Clock;
  newId?: NewId;
  /** The other services of the process: real ones by `joinServices`, or fakes by `services.add`. */
  services?: LocalServices;
  /** Where its events go and come from; without one they stay in its outbox. Nothing moves until `work` or `startWork`. */
  broker?: Broker;
}

export interface Answer<Data = Record<string, never>> {
  readonly data: Data;
  readonly errors: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions?: Record<string, unknown>;
  }[];
}

export interface TestSubgraph {
  readonly subgraph: Subgraph;
  readonly contextSecret: string;
  /** Runs an operation as somebody (a guest unless told) and gives data (null when there is none) and errors (empty when there are none). */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it selected; the assertions check the form
  query<Data = any>(
    document: string,
    variables?: Record<string, unknown>,
    as?: Viewer | Partial<CallContext>,
  ): Promise<Answer<Data>>;
  /** Opens a subscription as somebody: an answer for each event, until it is returned. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  subscribe<Data = any>(
    document: string,
    variables?: Record<string, unknown>,
    as?: Viewer | Partial<CallContext>,
  ): Stream<Answer<Data>>;
  /** Asks for entities as the router does. `selection` is what to select on the type. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  entities<Entity = any>(
    representations: readonly { __typename: string; [key: string]: unknown }[],
    selection: string,
    as?: Viewer | Partial<CallContext>,
  ): Promise<Answer<(Entity | null)[]>>;
  /** The SQL statements that ran while `work` did. */
  statementsOf(work: () => Promise<unknown>): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** A subgraph with a real database, in this process, spoken to as the router speaks to it. */
export async function testSubgraph(
  module: SubgraphModule,
  options: TestSubgraphOptions = {},
): Promise<TestSubgraph> {
  const services = options.services ?? localServices();
  const subgraph = await module.create({
    environment: {
      NODE_ENV: 'test',
      STOA_CONTEXT_SECRET: secret,
      DATABASE_URL: options.databaseUrl ?? 'sqlite::memory:',
      STOA_SEED: options.seed === true ? 'true' : 'false',
      ...options.environment,
    },
    directory: createDirectory({ contextSecret: secret, transportTo: services.transportTo }),
    clock: options.clock,
    newId: options.newId,
    logger: silentLogger,
    broker: options.broker,
  });
  subgraph.joinServices(services);

  const query: TestSubgraph['query'] = async (document, variables, as) => {
    const result = await subgraph.execute({ query: document, variables }, signContext(callOf(as), secret));
    return answerOf(result);
  };
  return {
    subgraph,
    contextSecret: secret,
    query,
    subscribe(document, variables, as) {
      const open = subgraph.subscribe({ query: document, variables }, signContext(callOf(as), secret));
      return buffered({
        async *open(ended) {
          for await (const answer of open(ended)) yield answerOf(answer);
        },
        most: 1_000,
        stop: new AbortController().signal,
        overflow: () => new Error('Nobody reads the subscription'),
      });
    },
    async entities(representations, selection, as) {
      const answer = await query(
        `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ${selection} } }`,
        { representations },
        as,
      );
      return { data: answer.data?._entities ?? [], errors: answer.errors };
    },
    async statementsOf(work) {
      const statements: string[] = [];
      const knex = subgraph.database.em.getConnection().getKnex();
      const listener = ({ sql }: { sql: string }) => statements.push(sql);
      knex.on('query', listener);
      try {
        await work();
      } finally {
        knex.removeListener('query', listener);
      }
      return statements;
    },
    stop: () => subgraph.stop(),
  };
}

function callOf(as: Viewer | Partial<CallContext> | undefined): CallContext {
  const base: CallContext = {
    viewer: guest,
    requestId: 'test',
    channel: 'default',
    currency: 'EUR',
    locale: 'en',
  };
  if (as === undefined) return base;
  return 'kind' in as ? { ...base, viewer: as } : { ...base, ...as };
}

function answerOf<Data>({ data, errors }: FormattedExecutionResult): Answer<Data> {
  // Through JSON, as over HTTP: what a client would get.
  return JSON.parse(JSON.stringify({ data: data ?? null, errors: errors ?? [] })) as Answer<Data>;
}
