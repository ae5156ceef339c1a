import { expect, it } from 'vitest';
import type { Answer } from '../../src/engine/operation/answers.ts';
import { graphOf, type SubgraphOfTest, seen } from './graph-of.ts';

const catalog: SubgraphOfTest = {
  sdl: 'type Query { ready: Boolean } type Product @key(fields: "id") { id: ID! name: String! maker: Maker } type Maker { name: String }',
  resolvers: {
    Product: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      name: ({ id }: { id: string }) => `Product ${id}`,
      maker: () => ({ name: 'Somebody' }),
    },
  },
};
const stockSdl = `type Subscription { stockChanged(least: Int! = 0): Product stockLost: Product! }
  type Product @key(fields: "id") { id: ID! stock: Int! note: String }`;
const stock: SubgraphOfTest = {
  sdl: stockSdl,
  resolvers: {
    Subscription: {
      stockChanged: {
        async *subscribe(_: unknown, { least }: { least: number }) {
          for (const [id, units] of [
            ['1', 5],
            ['2', 0],
            ['1', 3],
          ] as const)
            if (units >= least) yield { stockChanged: { id, stock: units } };
        },
      },
    },
  },
};
/** A subgraph whose events are what is told. */
const events = (...answers: readonly object[]): SubgraphOfTest => ({
  sdl: stockSdl,
  async *events() {
    yield* structuredClone(answers);
  },
});

async function all(opened: Answer | AsyncIterable<Answer>): Promise<Answer[]> {
  if (!(Symbol.asyncIterator in opened)) throw new Error(`Expected events, found ${JSON.stringify(opened)}`);
  const answers: Answer[] = [];
  for await (const answer of opened) answers.push(answer);
  return answers;
}

it("answers each event with what all subgraphs know of it, in the client's names", async () => {
  const graph = graphOf({ catalog, stock });
  const answers = await all(
    graph.subscribe(
      'subscription ($with: Boolean!) { now: stockChanged { id: name units: stock maker @include(if: $with) { name } } }',
      { with: true },
    ),
  );
  expect(answers.map(({ data }) => data)).toEqual([
    { now: { id: 'Product 1', units: 5, maker: { name: 'Somebody' } } },
    { now: { id: 'Product 2', units: 0, maker: { name: 'Somebody' } } },
    { now: { id: 'Product 1', units: 3, maker: { name: 'Somebody' } } },
  ]);
  expect(graph.requests.map(({ subgraph, kind }) => `${kind} of ${subgraph}`)).toEqual([
    'subscription of stock',
    'query of catalog',
    'query of catalog',
    'query of catalog',
  ]);
});

it('asks nobody for the rest when there is none', async () => {
  const graph = graphOf({ catalog, stock });
  const answers = await all(
    graph.subscribe('subscription ($least: Int!) { stockChanged(least: $least) { stock } }', { least: 4 }),
  );
  expect(answers).toEqual([{ data: { stockChanged: { stock: 5 } } }]);
  expect(graph.requests).toHaveLength(1);
});

it('answers variables that do not fit with an error, and opens nothing', () => {
  const graph = graphOf({ catalog, stock });
  const answer = graph.subscribe('subscription ($least: Int!) { stockChanged(least: $least) { stock } }');
  expect(seen((answer as Answer).errors)).toEqual([
    { path: undefined, code: 'BAD_USER_INPUT', subgraph: undefined },
  ]);
  expect(graph.requests).toEqual([]);
});

it('tells the errors of an event with it, and goes on', async () => {
  const graph = graphOf({
    catalog: { ...catalog, answer: () => Promise.reject(new Error('connect ECONNREFUSED')) },
    stock: events(
      {
        data: { stockChanged: { __typename: 'Product', id: '1', stock: 1, note: null } },
        errors: [{ message: 'No note', path: ['stockChanged', 'note'], extensions: { code: 'NOTE_LOST' } }],
      },
      { data: null, errors: [{ message: 'Not for you', extensions: { code: 'FORBIDDEN' } }] },
      { data: { stockChanged: { __typename: 'Product', id: '2', stock: null } } },
    ),
  });
  const answers = await all(graph.subscribe('subscription { stockChanged { stock note maker { name } } }'));
  expect(answers.map(({ data }) => data)).toEqual([
    { stockChanged: { stock: 1, note: null, maker: null } },
    { stockChanged: null },
    { stockChanged: null },
  ]);
  expect(answers.map(({ errors }) => seen(errors))).toEqual([
    [
      { path: ['stockChanged', 'note'], code: 'NOTE_LOST', subgraph: 'stock' },
      { path: ['stockChanged'], code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'catalog' },
    ],
    [{ path: undefined, code: 'FORBIDDEN', subgraph: 'stock' }],
    [{ path: ['stockChanged'], code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'catalog' }],
  ]);
});

it('nulls the whole answer of an event that may not be null', async () => {
  const graph = graphOf({ catalog, stock: events({ data: { stockLost: null } }) });
  const [answer] = await all(graph.subscribe('subscription { stockLost { stock } }'));
  expect(answer?.data).toBeNull();
  expect(seen(answer?.errors)).toEqual([
    { path: ['stockLost'], code: 'NON_NULL_VIOLATED', subgraph: undefined },
  ]);
});

it('fails with the name of the subgraph when its stream is lost, and says nothing of the network', async () => {
  const graph = graphOf({
    catalog,
    stock: {
      sdl: stockSdl,
      async *events() {
        yield { data: { stockChanged: { __typename: 'Product', id: '1', stock: 1 } } };
        throw new Error('read ECONNRESET 10.0.0.7:4004');
      },
    },
  });
  const read = async () => all(graph.subscribe('subscription { stockChanged { stock } }'));
  await expect(read).rejects.toMatchObject({
    message: 'The subscription at the subgraph stock was lost',
    extensions: { code: 'SUBSCRIPTION_LOST', serviceName: 'stock' },
  });
});
