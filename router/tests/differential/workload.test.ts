import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';
import { expect, it, onTestFinished } from 'vitest';
import { loadFederation } from '../../src/engine/federation/load-federation.ts';
import type { AskSubgraph, SubgraphAnswer } from '../../src/engine/subgraph-request.ts';
import { readSupergraph } from '../../src/engine/supergraph.ts';
import { compileInPlace } from '../engine/compile-in-place.ts';
import { stockGateway } from './stock-gateway.ts';

await loadFederation();

interface Data {
  readonly users: readonly { id: string; username: string }[];
  readonly products: readonly { upc: string; price: number; weight: number }[];
  /** Of each product, in their order. */
  readonly stock: readonly boolean[];
  readonly reviews: readonly { id: string; product: { upc: string } }[];
}

const read = (file: string) =>
  readFileSync(new URL(`../../../bench/router/workload/${file}`, import.meta.url), 'utf8');
const { users, products, stock, reviews } = JSON.parse(read('data.json')) as Data;
const author = { id: '1', username: users[0]?.username };
const authored = (review: Data['reviews'][number] | undefined) => ({ ...review, author });

/** As the workload's README has it. */
const resolvers: Readonly<Record<string, object>> = {
  accounts: {
    Query: { me: () => users[0], users: () => users },
    User: { __resolveReference: ({ id }: { id: string }) => users.find((user) => user.id === id) },
  },
  products: {
    Query: { topProducts: (_: unknown, { first }: { first: number }) => products.slice(0, first) },
    Product: { __resolveReference: ({ upc }: { upc: string }) => products.find((one) => one.upc === upc) },
  },
  inventory: {
    Product: {
      __resolveReference: (product: { upc: string }) => ({
        ...product,
        inStock: stock[products.findIndex(({ upc }) => upc === product.upc)],
      }),
      shippingEstimate: ({ price, weight }: Data['products'][number]) =>
        price > 1_000 ? 0 : Math.floor(weight * 0.5),
    },
  },
  reviews: {
    Review: {
      __resolveReference: ({ id }: { id: string }) => authored(reviews.find((one) => one.id === id)),
    },
    User: { reviews: () => reviews.slice(0, 2).map(authored) },
    Product: {
      reviews: ({ upc }: { upc: string }) =>
        reviews.filter(({ product }) => product.upc === upc).map(authored),
    },
  },
};

it('answers the workload of the benchmark as the stock gateway does, asking for each entity once', async () => {
  const services = Object.keys(resolvers).map((name) => ({
    name,
    url: `http://${name}`,
    typeDefs: parse(read(`${name}.graphql`)),
  }));
  const { supergraphSdl } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error('The workload does not compose');
  const schemas = new Map(
    services.map(({ name, typeDefs }) => [
      name,
      buildSubgraphSchema({ typeDefs, resolvers: resolvers[name] as never }),
    ]),
  );
  let representations: string[][] = [];
  const ask: AskSubgraph = async ({ subgraph, query, variables }) => {
    const schema = schemas.get(subgraph);
    if (schema === undefined) throw new Error(`There is no subgraph ${subgraph}`);
    representations.push(((variables.representations ?? []) as object[]).map((one) => JSON.stringify(one)));
    const result = await execute({ schema, document: parse(query), variableValues: variables });
    return JSON.parse(JSON.stringify(result)) as SubgraphAnswer;
  };
  const { query } = JSON.parse(read('query.json')) as { query: string };
  const document = parse(query);
  const operation = compileInPlace(readSupergraph(supergraphSdl), document);
  if (operation.kind === 'subscription') throw new Error('Expected a query');
  const ours = await operation.execute({}, ask);
  const asked = representations;
  representations = [];
  const gateway = await stockGateway(supergraphSdl, ask);
  onTestFinished(() => gateway.stop());
  const theirs = await gateway.execute(document, query, {});
  expect(ours.errors).toBeUndefined();
  expect(JSON.parse(JSON.stringify(ours.data))).toEqual(JSON.parse(JSON.stringify(theirs.data)));
  for (const one of asked) expect(new Set(one).size).toBe(one.length);
  expect(asked.flat().length).toBeLessThan(representations.flat().length);
});
