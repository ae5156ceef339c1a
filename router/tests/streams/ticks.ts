import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import type { SubgraphTransport } from '../../src/index.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])`;
const clock = `${link}
  type Query { now: Int! last: Tick }
  type Mutation { reset: Int! }
  type Subscription { ticked(from: Int! = 1): Tick }
  type Tick @key(fields: "number") { number: Int! }`;
const names = `${link} type Tick @key(fields: "number") { number: Int! name: String }`;

type Subscribe = NonNullable<SubgraphTransport['subscribe']>;

/** One subscription that is open at the subgraph. */
export interface OpenTicks {
  readonly signedContext: string;
  readonly query: string;
  readonly variables: Record<string, unknown> | undefined;
  /** Sends ticks with these numbers. */
  tick(...numbers: number[]): void;
  /** Sends an answer as it is. */
  send(answer: object): void;
  complete(): void;
  fail(error: Error): void;
  /** Whether the router has ended it. */
  isEnded(): boolean;
}

/**
 * A subgraph that ticks when it is told to, and one that has names for its ticks.
 * @param subscribe opens subscriptions in place of the ones that a test controls
 */
export function tickingGraph(subscribe?: Subscribe) {
  const composed = composeServices([
    { name: 'clock', typeDefs: parse(clock), url: 'http://clock.internal' },
    { name: 'names', typeDefs: parse(names), url: 'http://names.internal' },
  ]);
  if (composed.supergraphSdl === undefined) throw new Error(JSON.stringify(composed.errors));
  const schemas = {
    clock: buildSubgraphSchema({
      typeDefs: parse(clock),
      resolvers: { Query: { now: () => 7, last: () => ({ number: 5 }) }, Mutation: { reset: () => 0 } },
    }),
    names: buildSubgraphSchema({
      typeDefs: parse(names),
      resolvers: {
        Tick: {
          __resolveReference: (tick: object) => tick,
          name: ({ number }: { number?: number }) => (number === 13 ? null : `tick ${number}`),
        },
      },
    }),
  };
  const opened: OpenTicks[] = [];
  const transportTo = (name: string): SubgraphTransport => ({
    async send({ query, variables, operationName }) {
      const schema = schemas[name as keyof typeof schemas];
      const result = await graphql({ schema, source: query, variableValues: variables, operationName });
      return JSON.parse(JSON.stringify(result));
    },
    subscribe: subscribe ?? controlled(opened),
  });
  return { supergraphSdl: composed.supergraphSdl, transportTo, opened, clock };
}

function controlled(opened: OpenTicks[]): Subscribe {
  return async function* ({ query, variables }, signedContext, _requestId, ended) {
    const waiting: object[] = [];
    let isComplete = false;
    let failure: Error | null = null;
    let wake = () => {};
    ended.addEventListener('abort', () => wake());
    const field = /(\w+: ?)?ticked/.exec(query)?.[1]?.replace(/: ?$/, '') ?? 'ticked';
    const open: OpenTicks = {
      signedContext,
      query,
      variables,
      tick(...numbers) {
        for (const number of numbers) waiting.push({ data: { [field]: { __typename: 'Tick', number } } });
        wake();
      },
      send(answer) {
        waiting.push(answer);
        wake();
      },
      complete() {
        isComplete = true;
        wake();
      },
      fail(error) {
        failure = error;
        wake();
      },
      isEnded: () => ended.aborted,
    };
    opened.push(open);
    while (!ended.aborted) {
      for (let answer = waiting.shift(); answer !== undefined; answer = waiting.shift()) yield answer;
      if (failure !== null) throw failure;
      if (isComplete) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
}
