import { ApolloServer } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { answerCompiled } from './answer-compiled.ts';
import { compiledQueries } from './compiled-queries.ts';

interface Context {
  readonly shelf: readonly string[];
}

function serverOf() {
  let burnt = 0;
  const schema = buildSubgraphSchema({
    typeDefs: parse('type Query { book(at: Int!): String! } type Mutation { burn: Int! }'),
    resolvers: {
      Query: {
        book(_: unknown, { at }: { at: number }, { shelf }: Context) {
          const book = shelf[at];
          if (book === undefined) throw new Error(`There is no book ${at}`);
          return book;
        },
      },
      Mutation: {
        burn() {
          burnt += 1;
          return burnt;
        },
      },
    } as never,
  });
  const compiled = compiledQueries(schema);
  /** What the compiled form of each operation gave. */
  const given: unknown[] = [];
  const server = new ApolloServer<Context>({
    schema,
    plugins: [
      answerCompiled((document, operationName) => {
        const query = compiled(document, operationName);
        if (query === null) return null;
        return async (context, variables) => {
          const data = await query(context, variables);
          given.push(data);
          return data;
        };
      }),
    ],
  });
  const ask = async (query: string, variables = {}) => {
    const { body } = await server.executeOperation(
      { query, variables },
      { contextValue: { shelf: ['Metamorphoses'] } },
    );
    return body.kind === 'single' ? JSON.parse(JSON.stringify(body.singleResult)) : body;
  };
  return { ask, given };
}

const bookAt = 'query ($at: Int!) { book(at: $at) }';

it('a query that comes again is answered in its compiled form', async () => {
  const { ask, given } = serverOf();
  const answer = { data: { book: 'Metamorphoses' } };
  expect(await ask(bookAt, { at: 0 })).toEqual(answer);
  expect(given).toEqual([]);
  expect(await ask(bookAt, { at: 0 })).toEqual(answer);
  expect(given).toEqual([answer.data]);
});

it('one that has an error to tell is executed, and tells it as it did', async () => {
  const { ask, given } = serverOf();
  const first = await ask(bookAt, { at: 7 });
  expect(first).toMatchObject({ data: null, errors: [{ message: 'There is no book 7', path: ['book'] }] });
  expect(await ask(bookAt, { at: 7 })).toEqual(first);
  expect(given).toEqual([null]);
});

it('variables that are wrong are refused each time', async () => {
  const { ask } = serverOf();
  const first = await ask(bookAt, { at: 'first' });
  expect(first).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  expect(await ask(bookAt, { at: 'first' })).toEqual(first);
});

it('a mutation is done once each time', async () => {
  const { ask } = serverOf();
  for (const burnt of [1, 2, 3]) expect(await ask('mutation { burn }')).toEqual({ data: { burn: burnt } });
});
