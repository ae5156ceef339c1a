import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { loadFederation } from '../../src/engine/federation/load-federation.ts';
import { readSupergraph } from '../../src/engine/supergraph.ts';

await loadFederation();

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated",
  "@requiresScopes", { name: "@policy", as: "@rule" }, { name: "@cost", as: "@price" }, "@listSize", "@tag", "@context", "@fromContext"])`;

function tableOf(sdl: string) {
  const { supergraphSdl, errors } = composeServices([
    { name: 'a', url: 'http://a', typeDefs: parse(link + sdl) },
  ]);
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join());
  return readSupergraph(supergraphSdl).directives;
}

const nothing = {
  authenticated: false,
  requiresScopes: null,
  policy: null,
  cost: null,
  listSize: null,
  contexts: [],
  tags: [],
};

it('has what is said of types, fields, arguments, inputs and values, under the names of the specifications', () => {
  const table = tableOf(`type Query {
      me: User @authenticated
      secrets(first: Int @price(weight: 2), filter: Filter): [User!] @requiresScopes(scopes: [["a", "b"], ["c"]])
        @listSize(assumedSize: 10, slicingArguments: ["first"], requireOneSlicingArgument: false)
      page: Page @listSize(assumedSize: 5, sizedFields: ["nodes"])
    }
    type User @rule(policies: [["p"]]) @tag(name: "people") { id: ID! age: Int @price(weight: 5) @tag(name: "x") @tag(name: "y") }
    type Page { nodes: [User] }
    input Filter { text: String @price(weight: 3) @tag(name: "f") }
    enum Kind @price(weight: 1) { A @tag(name: "old") B }
    type Holder { kind: Kind }`);
  expect(Object.fromEntries(table)).toEqual({
    'Query.me': { ...nothing, authenticated: true },
    'Query.secrets': {
      ...nothing,
      requiresScopes: [['a', 'b'], ['c']],
      listSize: {
        assumedSize: 10,
        slicingArguments: ['first'],
        sizedFields: [],
        requireOneSlicingArgument: false,
      },
    },
    'Query.secrets(first:)': { ...nothing, cost: 2 },
    'Query.page': {
      ...nothing,
      listSize: {
        assumedSize: 5,
        slicingArguments: [],
        sizedFields: ['nodes'],
        requireOneSlicingArgument: true,
      },
    },
    User: { ...nothing, policy: [['p']], tags: ['people'] },
    'User.age': { ...nothing, cost: 5, tags: ['x', 'y'] },
    'Filter.text': { ...nothing, cost: 3, tags: ['f'] },
    Kind: { ...nothing, cost: 1 },
    'Kind.A': { ...nothing, tags: ['old'] },
  });
});

it('has the contexts that are set, by the subgraph that sets them', () => {
  const table = tableOf(`type Query { user: User }
    type User @key(fields: "id") @context(name: "user") { id: ID! mine: String prefs: Prefs! }
    type Prefs @key(fields: "id") { id: ID! greeting(who: String @fromContext(field: "$user { mine }")): String }`);
  expect(table.get('User')?.contexts).toEqual(['a__user']);
});

it('is empty for a supergraph that says nothing', () => {
  expect(tableOf('type Query { a: Int }').size).toBe(0);
});
