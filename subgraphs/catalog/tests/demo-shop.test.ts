import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutboxEvent } from '@stoa/events';
import { type DemoProduct, demoCollections, demoFacets, demoProducts } from '@stoa/seed';
import { databaseEngines, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../src/subgraph.ts';
import { staffDesk } from './staff-desk.ts';

const sorts = ['NAME_ASC', 'NAME_DESC', 'NEWEST', 'OLDEST'] as const;
type Sort = (typeof sorts)[number];

/** What each order sorts by; the demo's names are ASCII, so that small letters compare as the database does. */
const inOrder: Record<Sort, (a: DemoProduct, b: DemoProduct) => number> = {
  NAME_ASC: (a, b) => compare([a.name.toLowerCase(), a.id], [b.name.toLowerCase(), b.id]),
  NAME_DESC: (a, b) => inOrder.NAME_ASC(b, a),
  OLDEST: (a, b) => compare([a.createdAt.toISOString(), a.id], [b.createdAt.toISOString(), b.id]),
  NEWEST: (a, b) => inOrder.OLDEST(b, a),
};

function compare(a: readonly string[], b: readonly string[]): number {
  const differing = a.findIndex((value, index) => value !== b[index]);
  if (differing === -1) return 0;
  return (a[differing] ?? '') < (b[differing] ?? '') ? -1 : 1;
}

const slugsOf = (products: readonly DemoProduct[], sort: Sort) =>
  products.toSorted(inOrder[sort]).map(({ slug }) => slug);

const folder = mkdtempSync(join(tmpdir(), 'stoa-catalog-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(databaseEngines)('the demo shop on $engine', ({ engine, freshUrl }) => {
  // A file, as it is opened twice.
  const databaseUrl = engine === 'sqlite' ? `sqlite:${join(folder, 'catalog.sqlite')}` : freshUrl();
  let shop: TestSubgraph;
  beforeAll(async () => {
    shop = await testSubgraph(catalog, { databaseUrl, seed: true });
  });
  afterAll(() => shop.stop());

  const query = async (document: string, variables?: Record<string, unknown>, locale = 'en') => {
    const { data, errors } = await shop.query(document, variables, { locale });
    expect(errors).toEqual([]);
    return data;
  };

  it('has the products, collections and facets of the seed', async () => {
    const { products, collections, facets } = await query(
      '{ products { totalCount } collections { totalCount } facets { code values { code } } }',
    );
    expect(products.totalCount).toBe(1_000);
    expect(collections.totalCount).toBe(20);
    expect(facets).toEqual(
      demoFacets().map(({ code, values }) => ({
        code,
        values: values.map((value) => ({ code: value.code })),
      })),
    );
  });

  it('has each product as the seed tells it', async () => {
    const [demo] = demoProducts();
    const { product } = await query(
      `query ($slug: String) { product(slug: $slug) {
        id name description state createdAt version
        images { url position } options { id code name values { id code name } }
        variants { id sku weightGrams options { id } product { id } }
        collections { id } facetValues { id }
        german: name(locale: "de")
      } }`,
      { slug: demo?.slug },
    );
    expect(product).toEqual({
      id: demo?.id,
      name: demo?.name,
      description: demo?.description,
      state: 'ACTIVE',
      createdAt: demo?.createdAt.toISOString(),
      version: 1,
      images: demo?.imageUrls.map((url, position) => ({ url, position })),
      options: demo?.options,
      variants: demo?.variants.map(({ id, sku, weightGrams, optionValueIds, productId }) => ({
        id,
        sku,
        weightGrams,
        options: optionValueIds.map((optionValueId) => ({ id: optionValueId })),
        product: { id: productId },
      })),
      collections: expect.arrayContaining(demo?.collectionIds.map((id) => ({ id })) ?? []),
      facetValues: expect.arrayContaining(demo?.facetValueIds.map((id) => ({ id })) ?? []),
      german: demo?.translations.de.name,
    });
  });

  it('tells whoever listens of each product', async () => {
    const em = shop.subgraph.database.em.fork();
    expect(await em.count(OutboxEvent, { type: 'catalog.product-changed.v1' })).toBe(1_000);
  });

  it.each(sorts)('lists all products page by page, %s, forward and backward', async (sort) => {
    const document = `query ($sort: ProductSort!, $first: Int, $after: String, $last: Int, $before: String) {
      products(sort: $sort, first: $first, after: $after, last: $last, before: $before) {
        nodes { slug } edges { node { slug } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`;
    const forward: string[] = [];
    let after: string | null = null;
    do {
      const { products } = await query(document, { sort, first: 100, after });
      expect(products.edges.map(({ node }: { node: unknown }) => node)).toEqual(products.nodes);
      expect(products.pageInfo.hasPreviousPage).toBe(after !== null);
      forward.push(...products.nodes.map(({ slug }: { slug: string }) => slug));
      after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null;
    } while (after !== null);
    expect(forward).toEqual(slugsOf(demoProducts(), sort));

    const backward: string[] = [];
    let before: string | null = null;
    do {
      const { products } = await query(document, { sort, last: 100, before });
      backward.unshift(...products.nodes.map(({ slug }: { slug: string }) => slug));
      before = products.pageInfo.hasPreviousPage ? products.pageInfo.startCursor : null;
    } while (before !== null);
    expect(backward).toEqual(forward);
  });

  it.each(sorts)('lists the products of every collection page by page, %s', async (sort) => {
    const document = `query ($sort: ProductSort!, $after: String) { collection(slug: "shirts") {
      products(sort: $sort, first: 25, after: $after) { totalCount nodes { slug } pageInfo { hasNextPage endCursor } }
    } }`;
    const shirts = demoCollections().find(({ slug }) => slug === 'shirts')?.id ?? '';
    const expected = demoProducts().filter(({ collectionIds }) => collectionIds.includes(shirts));
    const found: string[] = [];
    let after: string | null = null;
    do {
      const { collection } = await query(document, { sort, after });
      expect(collection.products.totalCount).toBe(expected.length);
      found.push(...collection.products.nodes.map(({ slug }: { slug: string }) => slug));
      after = collection.products.pageInfo.hasNextPage ? collection.products.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(slugsOf(expected, sort));
  });

  it('lists the last products of each of many collections, each in order', async () => {
    const { collections } = await query(
      '{ collections(first: 20) { nodes { id products(last: 3, sort: NAME_ASC) { nodes { slug } pageInfo { hasPreviousPage } } } } }',
    );
    const expected = new Map(
      demoCollections().map(({ id }) => {
        const products = demoProducts().filter(({ collectionIds }) => collectionIds.includes(id));
        return [id, slugsOf(products, 'NAME_ASC').slice(-3)];
      }),
    );
    expect(collections.nodes).toHaveLength(20);
    for (const { id, products } of collections.nodes) {
      expect(products.nodes.map(({ slug }: { slug: string }) => slug)).toEqual(expected.get(id));
      expect(products.pageInfo.hasPreviousPage).toBe(true);
    }
  });

  it('reads 24 products with all that belongs to them in one query a kind of thing', async () => {
    const statements = await shop.statementsOf(() =>
      query(
        `{ products(first: 24) { nodes {
          name description images { url } options { name values { name } }
          variants { name options { name } } collections { name } facetValues { name facet { name } }
        } } }`,
        {},
        'de',
      ),
    );
    // Products and their texts, images, options, option values, variants, their values, collections and their texts, facet values, facets.
    expect(statements).toHaveLength(11);
  });

  it('reads a page of products of each collection in one query, and one more to count them', async () => {
    const statements = await shop.statementsOf(() =>
      query('{ collections(first: 20) { nodes { products(first: 5) { totalCount nodes { name } } } } }'),
    );
    expect(statements).toHaveLength(3);
  });

  it('counts only when asked to', async () => {
    const statements = await shop.statementsOf(() => query('{ products { nodes { name } } }'));
    expect(statements.filter((sql) => sql.includes('count('))).toEqual([]);
  });

  const facetValue = (code: string) =>
    demoFacets()
      .flatMap(({ values }) => values)
      .find((value) => value.code === code)?.id ?? '';
  const withValues = (...codes: string[]) => {
    const ids = codes.map(facetValue);
    return (product: DemoProduct) => ids.some((id) => product.facetValueIds.includes(id));
  };
  const shelf = (slug: string) => demoCollections().find((collection) => collection.slug === slug)?.id ?? '';

  it.each([
    ['one facet value', { facetValueIds: [facetValue('blues')] }, [withValues('blues')]],
    [
      'either of two values of a facet',
      { facetValueIds: [facetValue('blues'), facetValue('greens')] },
      [withValues('blues', 'greens')],
    ],
    [
      'values of two facets',
      { facetValueIds: [facetValue('blues'), facetValue('greens'), facetValue('fabric')] },
      [withValues('blues', 'greens'), withValues('fabric')],
    ],
    [
      'a collection',
      { collectionId: shelf('shirts') },
      [({ collectionIds }: DemoProduct) => collectionIds.includes(shelf('shirts'))],
    ],
    [
      'a collection, a facet and a search',
      { collectionSlug: 'shirts', facetValueIds: [facetValue('all-year')], search: 'LINEN' },
      [
        ({ collectionIds }: DemoProduct) => collectionIds.includes(shelf('shirts')),
        withValues('all-year'),
        ({ name }: DemoProduct) => name.toLowerCase().includes('linen'),
      ],
    ],
    [
      'a facet value that does not exist',
      { facetValueIds: [facetValue('blues'), '019b77b6-6201-782e-8c08-000000000000'] },
      [() => false],
    ],
    ['a collection that does not exist', { collectionSlug: 'nothing' }, [() => false]],
    ['no ids', { ids: [] }, [() => false]],
    ['empty conditions', { search: ' ', facetValueIds: [] }, []],
  ] as const)('finds the products with %s', async (_, filter, conditions) => {
    const expected = demoProducts().filter((product) => conditions.every((condition) => condition(product)));
    const { products } = await query(
      'query ($filter: ProductFilter) { products(filter: $filter, first: 100) { totalCount nodes { slug } } }',
      { filter },
    );
    expect(products.totalCount).toBe(expected.length);
    expect(products.nodes.map(({ slug }: { slug: string }) => slug)).toEqual(
      slugsOf(expected, 'NAME_ASC').slice(0, 100),
    );
  });

  it('finds products by their names in the language of the request', async () => {
    const document = '{ products(filter: { search: "hemd aus leinen" }) { nodes { name } } }';
    const { products } = await query(document, {}, 'de-AT');
    expect(products.nodes.length).toBeGreaterThan(0);
    for (const { name } of products.nodes) expect(name.toLowerCase()).toContain('hemd aus leinen');
    expect((await query(document, {}, 'fr')).products.nodes).toEqual([]);
  });

  it.runIf(engine === 'postgresql')('sorts by bytes, whatever the language of the database', async () => {
    const columns = await shop.subgraph.database.em
      .fork()
      .execute("select collation_name from information_schema.columns where column_name like '%name_key'");
    expect(columns).toEqual(Array(4).fill({ collation_name: 'C' }));
  });

  it('is left alone at the next start, with what has happened to it', async () => {
    await staffDesk(shop).product({ slug: 'made-since', name: 'Made since' });
    const again = await testSubgraph(catalog, { databaseUrl, seed: true });
    const { data } = await again.query('{ products { totalCount } product(slug: "made-since") { name } }');
    await again.stop();
    expect(data).toEqual({ products: { totalCount: 1_001 }, product: { name: 'Made since' } });
  });
});
