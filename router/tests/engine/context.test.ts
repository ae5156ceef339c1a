import { describe, expect, it } from 'vitest';
import { graphOf, type SubgraphOfTest, seen } from './graph-of.ts';

const people = [
  { id: '1', mine: 'Ada', prefs: { id: 'p1' }, friends: [{ id: '2' }] },
  { id: '2', mine: 'Bob', prefs: { id: 'p2' }, friends: [{ id: '1' }] },
  { id: '3', mine: 'Ada', prefs: { id: 'p3' }, friends: [] },
];
const person = ({ id }: { id: string }) => people.find((one) => one.id === id);
const users: SubgraphOfTest = {
  sdl: 'type Query { users: [User!]! } type User @key(fields: "id") { id: ID! friends: [User!]! }',
  resolvers: {
    Query: { users: () => people },
    User: {
      __resolveReference: person,
      friends: ({ id }: { id: string }) => person({ id })?.friends,
    },
  },
};
const settings: SubgraphOfTest = {
  sdl: `type User @key(fields: "id") @context(name: "user") { id: ID! mine: String prefs: Prefs! }
    type Prefs @key(fields: "id") { id: ID!
      greeting(title: String!, who: String @fromContext(field: "$user { mine }")): String }`,
  resolvers: {
    User: { __resolveReference: person },
    Prefs: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      greeting: ({ id }: { id: string }, { title, who }: { title: string; who: string }) => {
        if (id === 'p2') throw new Error('No greeting');
        return `${title} ${who}, ${id}`;
      },
    },
  },
};

describe('an argument that is taken from above (@fromContext)', () => {
  it('has the value of the object that sets it, and each combination of values is asked for once', async () => {
    const graph = graphOf({ users, settings });
    const { data, errors } = await graph.ask(
      'query ($title: String!) { users { settings: prefs { greeting(title: $title) } } }',
      { title: 'Dear' },
    );
    expect(data).toEqual({
      users: [
        { settings: { greeting: 'Dear Ada, p1' } },
        { settings: { greeting: null } },
        { settings: { greeting: 'Dear Ada, p3' } },
      ],
    });
    expect(seen(errors).map(({ path }) => path)).toEqual([['users', 1, 'settings', 'greeting']]);
    const asked = graph.requests
      .filter(({ query }) => query.includes('greeting'))
      .map(({ variables }) => (variables.representations as { id: string }[]).map(({ id }) => id));
    expect(asked).toEqual([['p1', 'p3'], ['p2']]);
  });

  it('is taken from the nearest that sets it', async () => {
    const { data } = await graphOf({ users, settings }).ask(
      '{ users { mine friends { prefs { greeting(title: "Hi") } } } }',
    );
    expect(data?.users).toEqual([
      { mine: 'Ada', friends: [{ prefs: { greeting: null } }] },
      { mine: 'Bob', friends: [{ prefs: { greeting: 'Hi Ada, p1' } }] },
      { mine: 'Ada', friends: [] },
    ]);
  });
});
