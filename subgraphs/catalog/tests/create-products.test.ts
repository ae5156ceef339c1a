import { customer, databaseEngines, staff, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../src/subgraph.ts';
import { type StaffDesk, savedProduct, staffDesk } from './staff-desk.ts';

const selection = `... on ProductsCreated { results {
  __typename ${savedProduct}
  ... on SlugTakenError { slug } ... on SkuTakenError { sku } ... on InvalidInputError { field }
  ... on CollectionNotFoundError { collectionId }
} }
... on InvalidInputError { field }`;

describe.each(databaseEngines)('createProducts on $engine', ({ freshUrl }) => {
  let subgraph: TestSubgraph;
  let desk: StaffDesk;
  beforeAll(async () => {
    subgraph = await testSubgraph(catalog, { databaseUrl: freshUrl() });
    desk = staffDesk(subgraph);
  });
  afterAll(() => subgraph.stop());
  const make = (...products: object[]) => desk.run('createProducts', { products }, selection);
  const named = (slug: string, more: object = {}) => ({ slug, name: slug, ...more });

  it('makes each product with its variants, in the order given, and tells of each', async () => {
    const { results } = await make(
      named('one', { variants: [{ sku: 'ONE' }] }),
      named('two', { variants: [{ sku: 'TWO' }] }),
    );
    expect(results).toMatchObject([
      { __typename: 'Product', slug: 'one', version: 1, variants: [{ sku: 'ONE' }] },
      { __typename: 'Product', slug: 'two', version: 1, variants: [{ sku: 'TWO' }] },
    ]);
    expect((await desk.events()).slice(-2)).toMatchObject(
      results.map(({ id }: { id: string }) => ({ payload: { productId: id, change: 'CREATED' } })),
    );
  });

  it('makes the others when some cannot be made, and says why of each', async () => {
    await desk.product({ slug: 'taken', variants: [{ sku: 'TAKEN' }] });
    const { results } = await make(
      named('taken'),
      named('sound', { variants: [{ sku: 'SOUND' }] }),
      named('other-sku', { variants: [{ sku: 'TAKEN' }] }),
      named('No slug'),
      named('sound'),
      named('same-sku', { variants: [{ sku: 'SOUND' }] }),
      named('no-shelf', { collectionIds: ['nowhere'] }),
      named('no-facet', { facetValueIds: ['nothing'] }),
      named('two-forms', { variants: [{ sku: 'A' }, { sku: 'B' }] }),
    );
    expect(results).toMatchObject([
      { __typename: 'SlugTakenError', slug: 'taken' },
      { __typename: 'Product', slug: 'sound' },
      { __typename: 'SkuTakenError', sku: 'TAKEN' },
      { __typename: 'InvalidInputError', field: 'input.products.3.slug' },
      { __typename: 'SlugTakenError', slug: 'sound' },
      { __typename: 'SkuTakenError', sku: 'SOUND' },
      { __typename: 'CollectionNotFoundError', collectionId: 'nowhere' },
      { __typename: 'InvalidInputError', field: 'input.products.7.facetValueIds.0' },
      { __typename: 'InvalidInputError', field: 'input.products.8.variants.1.options' },
    ]);
    const { data } = await subgraph.query('{ product(slug: "same-sku") { id } }');
    expect(data.product).toBeNull();
  });

  it.each([0, 101])('refuses %s products', async (count) => {
    const products = Array.from({ length: count }, (_, index) => named(`many-${index}`));
    expect(await make(...products)).toMatchObject({
      __typename: 'InvalidInputError',
      field: 'input.products',
    });
  });

  it('gives a slug that two calls want at once to one of them', async () => {
    const answers = await Promise.all([make(named('wanted')), make(named('wanted'))]);
    expect(answers.map(({ results }) => results[0].__typename).sort()).toEqual(['Product', 'SlugTakenError']);
  });

  it('takes as many statements to look for fifty products as for one', async () => {
    const looks = async (count: number) => {
      const products = Array.from({ length: count }, (_, index) => named(`counted-${count}-${index}`));
      const statements = await subgraph.statementsOf(() => make(...products));
      return statements.filter((statement) => /^\s*select/i.test(statement)).length;
    };
    expect(await looks(50)).toBe(await looks(1));
  });

  it('is for staff', async () => {
    const document =
      'mutation ($input: CreateProductsInput!) { createProducts(input: $input) { __typename } }';
    const input = { products: [named('bought')] };
    const { errors } = await subgraph.query(document, { input }, customer('c-1'));
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await subgraph.query(document, { input }, staff())).errors).toEqual([]);
  });
});
