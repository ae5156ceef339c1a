import { serviceContext } from '@stoa/identity';
import { createDirectory, localServices } from '@stoa/rpc';
import { demoCollections, demoFacets, demoProducts } from '@stoa/seed';
import { databaseEngines, fullScansOf, staff, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogRpc } from '../src/rpc/client.ts';
import { catalog } from '../src/subgraph.ts';

/** What the router asks of the catalog for the page of a product. */
const productPage = /* GraphQL */ `query ($slug: String!) {
  product(slug: $slug) {
    id slug name description
    variants { id sku name options { name } }
    collections { name slug }
    facetValues { name }
  }
}`;

/** What it asks for a page of a list. */
const listPage = /* GraphQL */ `query (
  $first: Int, $after: String, $last: Int, $before: String, $sort: ProductSort! = OLDEST, $filter: ProductFilter
) {
  products(first: $first, after: $after, last: $last, before: $before, sort: $sort, filter: $filter) {
    pageInfo { startCursor endCursor }
    nodes { slug name variants { id sku } }
  }
}`;

const sorts = ['OLDEST', 'NEWEST', 'NAME_ASC', 'NAME_DESC'];
const [product, other] = demoProducts();
const [variant] = product?.variants ?? [];
const [shelf] = demoCollections();
const facetValueIds = demoFacets().flatMap(({ values: [value] }) => value?.id ?? []);
const byId = { id: product?.id };
const inGerman = { locale: 'de-CH' };

type As = Parameters<TestSubgraph['query']>[2];

describe.each(databaseEngines)('the statements of the catalog on $engine', ({ engine, freshUrl }) => {
  const services = localServices();
  let shop: TestSubgraph;
  beforeAll(async () => {
    shop = await testSubgraph(catalog, { databaseUrl: freshUrl(), seed: true, services });
  });
  afterAll(() => shop.stop());

  const query = async (document: string, variables?: Record<string, unknown>, as?: As) => {
    const { data, errors } = await shop.query(document, variables, as);
    expect(errors).toEqual([]);
    return data;
  };
  const list = async (page: Record<string, unknown>, as?: As) => (await query(listPage, page, as)).products;
  /** Where the fifth page of 24 begins, and where the fifth from the end does. */
  const deepIn = async (sort: string, as?: As) => ({
    after: (await list({ first: 96, sort }, as)).pageInfo.endCursor,
    before: (await list({ last: 96, sort }, as)).pageInfo.startCursor,
  });
  const count = async (work: () => Promise<unknown>) => (await shop.statementsOf(work)).length;

  it('of pages are counted', async () => {
    const { after, before } = await deepIn('OLDEST');
    expect({
      'product page': await count(() => query(productPage, { slug: product?.slug })),
      // Besides, the texts of the product and of its collections.
      'product page, in German': await count(() => query(productPage, { slug: product?.slug }, inGerman)),
      'first page': await count(() => list({ first: 24 })),
      'fifth page': await count(() => list({ first: 24, after })),
      'last page': await count(() => list({ last: 24 })),
      'fifth page from the end': await count(() => list({ last: 24, before })),
      'page of a collection': await count(() => list({ filter: { collectionSlug: shelf?.slug } })),
      // Besides, of which facets the values are.
      'page of what has facet values': await count(() => list({ filter: { facetValueIds } })),
      'page of a search': await count(() => list({ filter: { search: 'linen' } })),
    }).toEqual({
      'product page': 5,
      'product page, in German': 7,
      'first page': 2,
      'fifth page': 2,
      'last page': 2,
      'fifth page from the end': 2,
      'page of a collection': 2,
      'page of what has facet values': 3,
      'page of a search': 2,
    });
  });

  const scansOf = (small: readonly string[], work: () => Promise<unknown>) =>
    fullScansOf(shop.subgraph.database, small, work);

  it('find the rows of a product page by indexes', async () => {
    const rest = `images { url } options { name values { name } } facetValues { facet { name } }
      variants { name product { name } }`;
    const scans = await scansOf([], async () => {
      for (const as of [undefined, inGerman, staff()]) {
        await query(productPage, { slug: product?.slug }, as);
        await query(`query ($id: ID!) { product(id: $id) { ${rest} } }`, byId, as);
        await query('query ($id: ID!) { variant(id: $id) { name } }', { id: variant?.id }, as);
        await query('query ($sku: String!) { variant(sku: $sku) { name } }', { sku: variant?.sku }, as);
      }
    });
    expect(scans).toEqual([]);
  });

  it('find the rows of lists by indexes', async () => {
    const filters = [
      {},
      { facetValueIds },
      { collectionSlug: shelf?.slug },
      { collectionId: shelf?.id, facetValueIds },
      { ids: [product?.id, other?.id] },
      // The pattern may stand anywhere in a name, so the walk is that of the list, to the end of the page.
      { search: 'linen' },
    ];
    const scans = await scansOf([], async () => {
      for (const as of [undefined, inGerman, staff()])
        for (const sort of sorts) {
          const { after, before } = await deepIn(sort, as);
          for (const filter of filters) {
            await list({ sort, filter, first: 24 }, as);
            await list({ sort, filter, first: 24, after }, as);
            await list({ sort, filter, last: 24, before }, as);
          }
        }
    });
    expect(scans).toEqual([]);
  });

  it.runIf(engine === 'sqlite')(
    'find products by their ids rather than by the order of the list',
    async () => {
      const [sql] = await shop.statementsOf(() => list({ filter: { ids: [product?.id, other?.id] } }));
      const plan = await shop.subgraph.database.em.fork().execute(`explain query plan ${sql}`, [], 'all');
      expect(plan[0]).toMatchObject({
        detail: 'SEARCH product USING INDEX sqlite_autoindex_product_1 (id=?)',
      });
    },
  );

  it('find the rows of collections by indexes', async () => {
    const products = sorts.map(
      (sort) => `${sort}: products(first: 5, sort: ${sort}) { totalCount nodes { name } }
      last_${sort}: products(last: 5, sort: ${sort}) { nodes { name } }`,
    );
    const selection = `name description ${products.join(' ')}`;
    const scans = await scansOf([], async () => {
      for (const as of [undefined, inGerman, staff()]) {
        await query(
          `query ($slug: String!) { collection(slug: $slug) { ${selection} } }`,
          shelf && { slug: shelf.slug },
          as,
        );
        await query(
          `query ($id: ID!) { collection(id: $id) { ${selection} } }`,
          shelf && { id: shelf.id },
          as,
        );
        await query(`{ collections(first: 5) { nodes { ${selection} } } }`, {}, as);
      }
    });
    expect(scans).toEqual([]);
  });

  it('read the facets, which are a handful, as a whole', async () => {
    const facets = () => query('{ facets { name values { name } } }');
    expect(await count(facets)).toBe(2);
    expect(await scansOf(['facet'], facets)).toEqual([]);
  });

  it('find what others ask for by indexes', async () => {
    const references = [
      { __typename: 'Product', ...byId },
      { __typename: 'Product', slug: product?.slug },
      { __typename: 'ProductVariant', id: variant?.id },
      { __typename: 'ProductVariant', sku: variant?.sku },
      { __typename: 'Collection', id: shelf?.id },
      { __typename: 'Collection', slug: shelf?.slug },
    ];
    const selection =
      '... on Product { name } ... on ProductVariant { name product { name } } ... on Collection { name }';
    const transport = { contextSecret: shop.contextSecret, transportTo: services.transportTo };
    const rpc = createDirectory(transport).client(catalogRpc, serviceContext('orders', 'test'));
    const variantIds = demoProducts()
      .flatMap(({ variants }) => variants.slice(0, 1).map(({ id }) => id))
      .slice(0, 50);
    const scans = await scansOf([], async () => {
      for (const as of [undefined, inGerman, staff()]) await shop.entities(references, selection, as);
      expect(await count(() => rpc.getVariants({ variantIds, locale: 'de' }))).toBe(1);
    });
    expect(scans).toEqual([]);
  });
});
