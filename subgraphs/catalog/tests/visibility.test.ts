import { guest } from '@stoa/identity';
import { customer, databaseEngines, staff, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../src/subgraph.ts';
import { type SavedProduct, type StaffDesk, sizes, staffDesk } from './staff-desk.ts';

const viewers = [
  { who: 'a guest', viewer: guest, isStaff: false },
  { who: 'a customer', viewer: customer('c'), isStaff: false },
  { who: 'staff', viewer: staff(), isStaff: true },
];

describe.each(databaseEngines)('what was archived, on $engine,', ({ freshUrl }) => {
  let subgraph: TestSubgraph;
  let desk: StaffDesk;
  /** One of whose variants (HALF-S) is archived. */
  let half: SavedProduct;
  /** Archived itself, with variants that are not. */
  let gone: SavedProduct;
  let collectionId: string;
  beforeAll(async () => {
    subgraph = await testSubgraph(catalog, { databaseUrl: freshUrl() });
    desk = staffDesk(subgraph);
    half = await desk.sizedProduct('HALF', { name: 'A half' });
    gone = await desk.sizedProduct('GONE', { name: 'B gone' });
    collectionId = await desk.collection('both', [half, gone]);
    await desk.run('archiveVariant', { id: half.variants[0]?.id });
    await desk.run('archiveProduct', { id: gone.id });
  });
  afterAll(() => subgraph.stop());

  describe.each(viewers)('by $who', ({ viewer, isStaff }) => {
    const seen = <Value>(value: Value) => (isStaff ? value : null);
    const query = async (document: string, variables: Record<string, unknown>) => {
      const { data, errors } = await subgraph.query(document, variables, viewer);
      expect(errors).toEqual([]);
      return data;
    };

    it(`is ${isStaff ? '' : 'not '}found by id, slug or sku`, async () => {
      const data = await query(
        `query ($id: ID, $slug: String, $variantId: ID) {
          byId: product(id: $id) { state } bySlug: product(slug: $slug) { state }
          ofGone: variant(sku: "GONE-S") { state product { state } } byVariantId: variant(id: $variantId) { state }
          archived: variant(sku: "HALF-S") { state }
        }`,
        { id: gone.id, slug: gone.slug, variantId: gone.variants[1]?.id },
      );
      expect(data).toEqual({
        byId: seen({ state: 'ARCHIVED' }),
        bySlug: seen({ state: 'ARCHIVED' }),
        ofGone: seen({ state: 'ACTIVE', product: { state: 'ARCHIVED' } }),
        byVariantId: seen({ state: 'ACTIVE' }),
        archived: seen({ state: 'ARCHIVED' }),
      });
    });

    it(`is ${isStaff ? '' : 'not '}listed or counted`, async () => {
      const data = await query(
        `query ($id: ID!, $slug: String) {
          products { totalCount nodes { name } }
          inCollection: products(filter: { collectionId: $id }) { totalCount nodes { name } }
          byIds: products(filter: { collectionSlug: "both", search: "gone" }) { totalCount nodes { name } }
          collection(id: $id) { products { totalCount nodes { name } edges { node { name } } } }
          product(slug: $slug) { variants { sku } collections { products(first: 5, sort: NEWEST) { nodes { name } } } }
        }`,
        { id: collectionId, slug: half.slug },
      );
      const nodes = [{ name: 'A half' }, ...(isStaff ? [{ name: 'B gone' }] : [])];
      const totalCount = nodes.length;
      expect(data).toEqual({
        products: { totalCount, nodes },
        inCollection: { totalCount, nodes },
        byIds: { totalCount: totalCount - 1, nodes: nodes.slice(1) },
        collection: { products: { totalCount, nodes, edges: nodes.map((node) => ({ node })) } },
        product: {
          variants: [...(isStaff ? [{ sku: 'HALF-S' }] : []), { sku: 'HALF-M' }],
          collections: [{ products: { nodes: nodes.toReversed() } }],
        },
      });
    });

    it(`is ${isStaff ? '' : 'not '}resolved as an entity, by any key`, async () => {
      const representations = [
        { __typename: 'Product', id: gone.id },
        { __typename: 'Product', slug: gone.slug },
        { __typename: 'ProductVariant', id: gone.variants[0]?.id },
        { __typename: 'ProductVariant', sku: 'HALF-S' },
        { __typename: 'Product', id: half.id },
      ];
      const { data, errors } = await subgraph.entities(
        representations,
        '... on Product { state } ... on ProductVariant { sku }',
        viewer,
      );
      expect(errors).toEqual([]);
      expect(data).toEqual([
        seen({ __typename: 'Product', state: 'ARCHIVED' }),
        seen({ __typename: 'Product', state: 'ARCHIVED' }),
        seen({ __typename: 'ProductVariant', sku: 'GONE-S' }),
        seen({ __typename: 'ProductVariant', sku: 'HALF-S' }),
        { __typename: 'Product', state: 'ACTIVE' },
      ]);
    });
  });

  it('is listed by state for staff', async () => {
    const byState =
      'query ($state: ProductState) { products(filter: { state: $state }) { totalCount nodes { name } } }';
    const list = async (state: string) => (await subgraph.query(byState, { state }, staff())).data.products;
    expect(await list('ARCHIVED')).toEqual({ totalCount: 1, nodes: [{ name: 'B gone' }] });
    expect(await list('ACTIVE')).toEqual({ totalCount: 1, nodes: [{ name: 'A half' }] });
  });

  it.each([
    ['a guest', guest, 'UNAUTHENTICATED'],
    ['a customer', customer('c'), 'FORBIDDEN'],
  ])('is not listed by state for %s', async (_, viewer, code) => {
    const { data, errors } = await subgraph.query(
      '{ products(filter: { state: ARCHIVED }) { nodes { name } } }',
      {},
      viewer,
    );
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });
});

/** Every mutation, with an input that staff would get a success for. */
const mutations: readonly (readonly [string, string, string])[] = [
  ['createProduct', 'CreateProductInput', '{ "slug": "by-anybody", "name": "x" }'],
  ['createProducts', 'CreateProductsInput', '{ "products": [{ "slug": "by-many", "name": "x" }] }'],
  ['updateProduct', 'UpdateProductInput', '{ "id": "PRODUCT", "expectedVersion": 1, "name": "x" }'],
  ['archiveProduct', 'ArchiveProductInput', '{ "id": "PRODUCT" }'],
  [
    'createVariant',
    'CreateVariantInput',
    '{ "productId": "PRODUCT", "sku": "L", "options": [{ "option": "size", "value": "l" }] }',
  ],
  ['updateVariant', 'UpdateVariantInput', '{ "id": "VARIANT", "expectedVersion": 1, "sku": "X" }'],
  ['archiveVariant', 'ArchiveVariantInput', '{ "id": "VARIANT" }'],
  ['createCollection', 'CreateCollectionInput', '{ "slug": "by-anybody", "name": "x" }'],
  ['updateCollection', 'UpdateCollectionInput', '{ "id": "COLLECTION", "expectedVersion": 1, "name": "x" }'],
  [
    'addProductsToCollection',
    'AddProductsToCollectionInput',
    '{ "collectionId": "COLLECTION", "productIds": ["PRODUCT"] }',
  ],
  [
    'removeProductsFromCollection',
    'RemoveProductsFromCollectionInput',
    '{ "collectionId": "COLLECTION", "productIds": ["PRODUCT"] }',
  ],
  ['createFacet', 'CreateFacetInput', '{ "code": "by-anybody", "name": "x" }'],
  [
    'addFacetValues',
    'AddFacetValuesInput',
    '{ "facetId": "FACET", "values": [{ "code": "x", "name": "x" }] }',
  ],
];

describe.each(databaseEngines)('changes on $engine', ({ freshUrl }) => {
  let subgraph: TestSubgraph;
  let desk: StaffDesk;
  let ids: Record<string, string>;
  beforeAll(async () => {
    subgraph = await testSubgraph(catalog, { databaseUrl: freshUrl() });
    desk = staffDesk(subgraph);
    const values = [...sizes.values, { code: 'l', name: 'L' }];
    const product = await desk.sizedProduct('HERE', { options: [{ ...sizes, values }] });
    const facet = await desk.run('createFacet', { code: 'facet', name: 'Facet' }, '... on Facet { id }');
    ids = {
      PRODUCT: product.id,
      VARIANT: product.variants[0]?.id ?? '',
      COLLECTION: await desk.collection('here'),
      FACET: facet.id,
    };
  });
  afterAll(() => subgraph.stop());

  const everything = async () => {
    const { data } = await subgraph.query(
      `{ products { nodes { id name version state variants { sku state version } } }
        collections { nodes { name version products { nodes { id } } } } facets { code values { code } } }`,
      {},
      staff(),
    );
    return [data, await desk.events()];
  };
  const inputOf = (template: string) =>
    JSON.parse(template.replace(/PRODUCT|VARIANT|COLLECTION|FACET/g, (name) => ids[name] ?? name));

  it('are all in the table below', async () => {
    const { data } = await subgraph.query('{ __schema { mutationType { fields { name } } } }');
    const names = data.__schema.mutationType.fields.map(({ name }: { name: string }) => name);
    expect(mutations.map(([name]) => name).sort()).toEqual(names.sort());
  });

  describe.each([
    ['a guest', guest, 'UNAUTHENTICATED'],
    ['a customer', customer('c'), 'FORBIDDEN'],
    ['somebody who calls himself staff', customer('STAFF'), 'FORBIDDEN'],
  ])('by %s', (_, viewer, code) => {
    let before: unknown;
    beforeAll(async () => {
      before = await everything();
    });

    it.each(mutations)('%s is refused', async (mutation, type, template) => {
      const { data, errors } = await subgraph.query(
        `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`,
        { input: inputOf(template) },
        viewer,
      );
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ path: [mutation], extensions: { code } }]);
    });

    it('nothing was changed', async () => {
      expect(await everything()).toEqual(before);
    });
  });

  it.each(mutations)('%s is done for staff', async (mutation, _, template) => {
    const before = await everything();
    const answer = await desk.run(mutation, inputOf(template));
    expect(answer.code).toBeUndefined();
    expect(await everything()).not.toEqual(before);
  });
});
