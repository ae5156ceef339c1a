import { databaseEngines, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../src/subgraph.ts';
import { type SavedProduct, type StaffDesk, staffDesk } from './staff-desk.ts';

const missingId = '019b81de-7b00-7d0e-9acf-860b4635d334';

describe.each(databaseEngines)('look-ups on $engine', ({ freshUrl }) => {
  let subgraph: TestSubgraph;
  let desk: StaffDesk;
  let products: SavedProduct[];
  beforeAll(async () => {
    subgraph = await testSubgraph(catalog, { databaseUrl: freshUrl() });
    desk = staffDesk(subgraph);
    products = [];
    for (const name of ['A', 'B', 'C']) {
      products.push(
        await desk.product({ name, slug: `slug-${name.toLowerCase()}`, variants: [{ sku: `SKU-${name}` }] }),
      );
    }
    await desk.collection('shelf', products);
  });
  afterAll(() => subgraph.stop());

  it('find by either key', async () => {
    const [product] = products;
    const { data } = await subgraph.query(
      `query ($id: ID, $variantId: ID) {
        a: product(id: $id) { name } b: product(slug: "slug-a") { name } c: product(id: null, slug: "slug-a") { name }
        d: variant(id: $variantId) { sku } e: variant(sku: "SKU-A") { sku } f: collection(slug: "shelf") { slug }
      }`,
      { id: product?.id, variantId: product?.variants[0]?.id },
    );
    expect(data).toEqual({
      a: { name: 'A' },
      b: { name: 'A' },
      c: { name: 'A' },
      d: { sku: 'SKU-A' },
      e: { sku: 'SKU-A' },
      f: { slug: 'shelf' },
    });
  });

  it('read a product by the index of its slug, not by that of the states', async () => {
    const statements = await subgraph.statementsOf(() =>
      subgraph.query('{ product(slug: "slug-a") { id } }'),
    );
    expect(statements).toHaveLength(1);
    const condition = statements[0]?.split(/\bwhere\b/)[1];
    expect(condition).toMatch(/\bslug\b/);
    expect(condition).not.toMatch(/\bstate\b/);
  });

  it.each([
    ['product', '', '`id` and `slug`, found none'],
    ['product', '(id: "a", slug: "b")', '`id` and `slug`, found both'],
    ['product', '(id: null, slug: null)', '`id` and `slug`, found none'],
    ['collection', '', '`id` and `slug`, found none'],
    ['collection', '(id: "a", slug: "b")', '`id` and `slug`, found both'],
    ['variant', '', '`id` and `sku`, found none'],
    ['variant', '(id: "a", sku: "b")', '`id` and `sku`, found both'],
  ])('want exactly one key: %s%s', async (field, args, message) => {
    const { errors } = await subgraph.query(`{ ${field}${args} { id } }`);
    expect(errors).toEqual([
      expect.objectContaining({
        message: `Expected exactly one of ${message}`,
        extensions: { code: 'BAD_USER_INPUT' },
      }),
    ]);
  });

  it.each([missingId, 'x', '', '\u0000', "'; drop table product; --", 'x'.repeat(10_000)])(
    'find nothing under %j, whatever key it is given as',
    async (key) => {
      const { data, errors } = await subgraph.query(
        `query ($id: ID, $text: String) {
          a: product(id: $id) { id } b: product(slug: $text) { id } c: variant(id: $id) { id } d: variant(sku: $text) { id }
          e: collection(id: $id) { id } f: collection(slug: $text) { id }
          g: products(filter: { ids: [$id] }) { totalCount } h: products(filter: { facetValueIds: [$id] }) { totalCount }
          i: products(filter: { collectionId: $id }) { totalCount } j: products(filter: { collectionSlug: $text }) { totalCount }
        }`
          .replaceAll('$id', '$key')
          .replace('$key: ID', '$key: ID!'),
        { key, text: key },
      );
      expect(errors).toEqual([]);
      const none = { totalCount: 0 };
      expect(data).toEqual({
        a: null,
        b: null,
        c: null,
        d: null,
        e: null,
        f: null,
        g: none,
        h: none,
        i: none,
        j: none,
      });
    },
  );

  it('resolve entities in order, by any key, with null for what is not there', async () => {
    const [a, b, c] = products;
    const { data, errors } = await subgraph.entities(
      [
        { __typename: 'Product', id: c?.id },
        { __typename: 'Collection', slug: 'shelf' },
        { __typename: 'Product', id: missingId },
        { __typename: 'Product', slug: 'slug-b' },
        { __typename: 'ProductVariant', sku: 'SKU-A' },
        { __typename: 'ProductVariant', id: b?.variants[0]?.id },
        { __typename: 'ProductVariant', sku: 'nothing' },
        { __typename: 'Collection', id: 'nothing' },
        { __typename: 'Product', id: { not: 'text' } },
        { __typename: 'Product', id: a?.id },
      ],
      '... on Product { name } ... on ProductVariant { sku } ... on Collection { slug }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual([
      { __typename: 'Product', name: 'C' },
      { __typename: 'Collection', slug: 'shelf' },
      null,
      { __typename: 'Product', name: 'B' },
      { __typename: 'ProductVariant', sku: 'SKU-A' },
      { __typename: 'ProductVariant', sku: 'SKU-B' },
      null,
      null,
      null,
      { __typename: 'Product', name: 'A' },
    ]);
  });

  it.each([
    ['Product', () => products.map(({ id }) => ({ __typename: 'Product', id }))],
    [
      'ProductVariant',
      () => products.map(({ variants }) => ({ __typename: 'ProductVariant', id: variants[0]?.id })),
    ],
    [
      'ProductVariant by sku',
      () => products.map(({ variants }) => ({ __typename: 'ProductVariant', sku: variants[0]?.sku })),
    ],
  ] as const)('resolve many entities with one query: %s', async (_, representations) => {
    const statements = await subgraph.statementsOf(async () => {
      const { data } = await subgraph.entities(
        representations(),
        '... on Product { slug } ... on ProductVariant { sku }',
      );
      expect(data.filter((entity) => entity === null)).toEqual([]);
    });
    expect(statements).toHaveLength(1);
  });

  describe.each([
    ['products', (args: string) => `{ list: products${args} { nodes { name } pageInfo { endCursor } } }`],
    [
      'collections',
      (args: string) => `{ list: collections${args} { nodes { name } pageInfo { endCursor } } }`,
    ],
    [
      'the products of a collection',
      (args: string) =>
        `{ collection(slug: "shelf") { list: products${args} { nodes { name } pageInfo { endCursor } } } }`,
    ],
  ])('lists of %s', (_, document) => {
    it.each([
      ['(first: 101)', 'PAGE_SIZE_OUT_OF_RANGE', 'Expected `first` from 1 to 100, found 101'],
      ['(last: 1000000)', 'PAGE_SIZE_OUT_OF_RANGE', 'Expected `last` from 1 to 100, found 1000000'],
      ['(first: 0)', 'PAGE_SIZE_OUT_OF_RANGE', 'found 0'],
      ['(first: -1)', 'PAGE_SIZE_OUT_OF_RANGE', 'found -1'],
      ['(first: 1, last: 1)', 'BAD_USER_INPUT', 'not both'],
      ['(after: "nonsense")', 'INVALID_CURSOR', 'Expected a cursor that this list returned'],
      ['(before: "")', 'INVALID_CURSOR', 'Expected a cursor that this list returned'],
    ])('refuse %s', async (args, code, message) => {
      const { errors } = await subgraph.query(document(args));
      expect(errors).toMatchObject([{ message: expect.stringContaining(message), extensions: { code } }]);
    });

    it('refuse a cursor that was tampered with', async () => {
      const { data } = await subgraph.query(document('(first: 1)'));
      const cursor: string = (data.list ?? data.collection.list).pageInfo.endCursor;
      const changed = Buffer.from(
        Buffer.from(cursor, 'base64url')
          .toString()
          .replace(/.(?=",)/, 'x'),
      ).toString('base64url');
      expect(changed).not.toBe(cursor);
      const { errors } = await subgraph.query(document(`(first: 1, after: "${changed}")`));
      expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
    });
  });

  it('refuse a cursor of another order', async () => {
    const { data } = await subgraph.query('{ products(first: 1, sort: NEWEST) { pageInfo { endCursor } } }');
    const { errors } = await subgraph.query(
      'query ($after: String) { products(sort: OLDEST, after: $after) { nodes { id } } }',
      {
        after: data.products.pageInfo.endCursor,
      },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  });

  it.each([
    ['101 ids', { ids: Array(101).fill(missingId) }, 'at most 100 `filter.ids`, found 101'],
    [
      '101 facet values',
      { facetValueIds: Array(101).fill(missingId) },
      'at most 100 `filter.facetValueIds`, found 101',
    ],
    ['a long search', { search: 'x'.repeat(101) }, '`filter.search` of at most 100 characters'],
    ['a search for a control character', { search: 'a\u0000' }, 'without control characters'],
    ['two collections', { collectionId: missingId, collectionSlug: 'shelf' }, 'not both'],
  ])('refuse a filter with %s', async (_, filter, message) => {
    const { errors } = await subgraph.query(
      'query ($filter: ProductFilter) { products(filter: $filter) { nodes { id } } }',
      { filter },
    );
    expect(errors).toMatchObject([
      { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('go past products of one name, one by one, in either direction', async () => {
    const twins = [];
    for (let index = 0; index < 4; index += 1) twins.push((await desk.product({ name: 'Twin' })).id);
    const walk = async (sort: string, size: string, cursor: string) => {
      const step = async (from: string | null) => {
        const { data } = await subgraph.query(
          `query ($from: String) { products(filter: { search: "twin" }, sort: ${sort}, ${size}: 1, ${cursor}: $from) {
            nodes { id } pageInfo { startCursor endCursor }
          } }`,
          { from },
        );
        return data.products;
      };
      const found: string[] = [];
      let { nodes, pageInfo } = await step(null);
      while (nodes.length > 0 && found.length <= twins.length) {
        found.push(nodes[0].id);
        ({ nodes, pageInfo } = await step(size === 'first' ? pageInfo.endCursor : pageInfo.startCursor));
      }
      return found;
    };
    expect(await walk('NAME_ASC', 'first', 'after')).toEqual(twins);
    expect(await walk('NAME_ASC', 'last', 'before')).toEqual(twins.toReversed());
    expect(await walk('NAME_DESC', 'first', 'after')).toEqual(twins.toReversed());
  });

  it('order products of one name alike on every shelf', async () => {
    const doubles = [await desk.product({ name: 'Double' }), await desk.product({ name: 'Double' })];
    const ids = [await desk.collection('doubles-1', doubles), await desk.collection('doubles-2', doubles)];
    const { data } = await subgraph.entities(
      ids.map((id) => ({ __typename: 'Collection', id })),
      `... on Collection {
        up: products(sort: NAME_ASC) { nodes { id } } down: products(sort: NAME_DESC) { nodes { id } }
        last: products(sort: NAME_ASC, last: 2) { nodes { id } }
      }`,
    );
    const nodes = doubles.map(({ id }) => ({ id }));
    for (const shelf of data) {
      expect(shelf).toMatchObject({ up: { nodes }, down: { nodes: nodes.toReversed() }, last: { nodes } });
    }
  });

  it('search without regard to case and accents, and take wildcards literally', async () => {
    for (const name of ['Crème brûlée', '100% wool', '100 wool']) await desk.product({ name });
    const search = async (text: string) => {
      const { data } = await subgraph.query(
        'query ($text: String) { products(filter: { search: $text }) { nodes { name } } }',
        { text },
      );
      return data.products.nodes.map(({ name }: { name: string }) => name);
    };
    expect(await search('BRULÉE')).toEqual(['Crème brûlée']);
    expect(await search('100%')).toEqual(['100% wool']);
    expect(await search('0_w')).toEqual([]);
    expect(await search('wool')).toEqual(['100 wool', '100% wool']);
  });
});
