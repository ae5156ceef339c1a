import { demoProducts } from '@stoa/seed';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from './buyer.ts';
import { bearer, type Send } from './client.ts';
import { type OpenShop, openShop } from './open-shop.ts';

const [product] = demoProducts();
let engine: OpenShop;
let apollo: OpenShop;
beforeAll(async () => {
  engine = await openShop();
  apollo = await openShop({ ROUTER_EXECUTION: 'apollo' });
}, 120_000);
afterAll(async () => {
  await engine?.close();
  await apollo?.close();
});

it.each([
  [
    'a list page',
    `{ products(first: 24) { totalCount nodes { name slug priceRange { min { gross { amount } } }
      variants { sku price { gross { amount currency } } availability { available } } } } }`,
    {},
  ],
  [
    'a product page, with fragments, aliases and conditions',
    `query ($id: ID!, $with: Boolean!) { product(id: $id) { id: name collections { name } ...Facets
      variants @include(if: $with) { __typename number: sku price { net { amount } tax { amount } } } } }
     fragment Facets on Product { facetValues { name facet { name } } }`,
    { id: product?.id, with: true },
  ],
  ['a page that is too large', '{ products(first: 1000) { nodes { name } } }', {}],
  [
    'what is for the staff alone',
    '{ name: __typename products(first: 1) { nodes { name } } priceLists { code } }',
    {},
  ],
  ['introspection', '{ __schema { types { name kind fields { name } } } }', {}],
])("answers %s as @apollo/gateway's own execution does", async (_, query, variables) => {
  const [ours, theirs] = await Promise.all([engine.send(query, variables), apollo.send(query, variables)]);
  expect(ours.data).toEqual(theirs.data);
  const places = ({ errors }: typeof ours) => errors.map(({ path, extensions }) => [path, extensions?.code]);
  expect(places(ours)).toEqual(places(theirs));
});

it('answers whom somebody is and what they bought alike', async () => {
  const query =
    '{ me { id email cart { id } orders(first: 5) { totalCount nodes { number payments { state } } } } }';
  const answerOf = async (send: Send) =>
    send(query, {}, bearer(await signIn(send, 'customer@stoa.example', 'olive-market-basket')));
  const [ours, theirs] = await Promise.all([answerOf(engine.send), answerOf(apollo.send)]);
  expect(ours.errors).toEqual([]);
  expect(ours.data).toEqual(theirs.data);
});
