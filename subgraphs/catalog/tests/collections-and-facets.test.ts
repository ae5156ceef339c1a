import { newId } from '@stoa/clock';
import { databaseEngines, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Collection, CollectionProduct } from '../src/collection/collection.entity.ts';
import { Product } from '../src/product/product.entity.ts';
import { catalog } from '../src/subgraph.ts';
import { type StaffDesk, staffDesk } from './staff-desk.ts';

const missingId = '019b81de-7b00-7d0e-9acf-860b4635d334';

// `code` is that of an error: a facet's own goes by another name.
const facetFields =
  '... on Facet { id facetCode: code name german: name(locale: "de") values { code name } }';

describe.each(databaseEngines)('collections on $engine', ({ freshUrl }) => {
  let subgraph: TestSubgraph;
  let desk: StaffDesk;
  beforeAll(async () => {
    subgraph = await testSubgraph(catalog, { databaseUrl: freshUrl() });
    desk = staffDesk(subgraph);
    await desk.collection('taken');
  });
  afterAll(() => subgraph.stop());

  const read = async (id: string) =>
    (
      await subgraph.query(
        `query ($id: ID) { collection(id: $id) {
          slug name description version german: name(locale: "de") products { totalCount nodes { slug } }
        } }`,
        { id },
      )
    ).data.collection;
  const answerOf = '... on Collection { id slug name version products { nodes { slug } } }';

  it('are made with texts in several languages', async () => {
    const answer = await desk.run(
      'createCollection',
      {
        slug: 'shirts',
        name: ' Shirts ',
        description: 'To wear.',
        translations: [{ locale: 'de', name: 'Hemden', description: 'Zum Anziehen.' }],
      },
      '... on Collection { slug name description version german: description(locale: "de") products { totalCount } }',
    );
    expect(answer).toEqual({
      __typename: 'Collection',
      slug: 'shirts',
      name: 'Shirts',
      description: 'To wear.',
      version: 1,
      german: 'Zum Anziehen.',
      products: { totalCount: 0 },
    });
  });

  it('are listed by name, page by page', async () => {
    for (const name of ['Écharpes', 'zebras', 'Aprons']) {
      await desk.run('createCollection', { slug: `listed-${name.at(-2)}`, name });
    }
    const page = async (after: string | null) => {
      const { data } = await subgraph.query(
        'query ($after: String) { collections(first: 2, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      return data.collections;
    };
    const names: string[] = [];
    let after: string | null = null;
    do {
      const { nodes, pageInfo } = await page(after);
      names.push(...nodes.map(({ name }: { name: string }) => name));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    const listed = names.filter((name) => ['Écharpes', 'zebras', 'Aprons'].includes(name));
    expect(listed).toEqual(['Aprons', 'Écharpes', 'zebras']);
  });

  it('change in what is given, if nobody changed them since', async () => {
    const id = await desk.collection('changing');
    expect(
      await desk.run(
        'updateCollection',
        { id, expectedVersion: 1, name: 'Changed', translations: [{ locale: 'de', name: 'Anders' }] },
        answerOf,
      ),
    ).toMatchObject({ slug: 'changing', name: 'Changed', version: 2 });
    const stale = await desk.run(
      'updateCollection',
      { id, expectedVersion: 1, name: 'Too late' },
      '... on StaleVersionError { currentVersion }',
    );
    expect(stale).toMatchObject({ __typename: 'StaleVersionError', currentVersion: 2 });
    expect(await read(id)).toMatchObject({ name: 'Changed', german: 'Anders', version: 2 });
  });

  it('let exactly one of two changes from the same version win', async () => {
    const id = await desk.collection('duel');
    const answers = await Promise.all(
      ['One', 'Two'].map((name) => desk.run('updateCollection', { id, expectedVersion: 1, name })),
    );
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['Collection', 'StaleVersionError']);
  });

  it('give their products, however many collections are asked for at once', async () => {
    const product = await desk.product({ slug: 'everywhere' });
    const ids: string[] = [];
    for (let index = 0; index < 201; index += 1) ids.push(newId());
    const em = subgraph.subgraph.database.em.fork();
    const [saved] = await em.find(Product, { id: product.id });
    const at = saved?.createdAt ?? new Date();
    for (const id of ids) {
      const named = { slug: id, name: id, nameKey: id, description: '', createdAt: at, updatedAt: at };
      em.create(Collection, { id, ...named });
      em.create(CollectionProduct, {
        collection: id,
        product: product.id,
        productState: 'ACTIVE',
        productNameKey: saved?.nameKey ?? '',
        productCreatedAt: at,
      });
    }
    await em.flush();
    const statements = await subgraph.statementsOf(async () => {
      const { data } = await subgraph.entities(
        ids.map((id) => ({ __typename: 'Collection', id })),
        '... on Collection { products(first: 1) { nodes { slug } } }',
      );
      expect(data.map((collection) => collection?.products.nodes)).toEqual(
        ids.map(() => [{ slug: 'everywhere' }]),
      );
    });
    // The collections, and two queries for their pages: SQLite joins no more than 500.
    expect(statements).toHaveLength(3);
  });

  it('take products in and give them back, and record it for each product that moved', async () => {
    const [a, b] = [
      await desk.product({ slug: 'shelf-a', name: 'Shelf A' }),
      await desk.product({ slug: 'shelf-b', name: 'Shelf B' }),
    ];
    const id = await desk.collection('shelf', [a]);
    const before = (await desk.events()).length;
    const added = await desk.run(
      'addProductsToCollection',
      { collectionId: id, productIds: [a.id, b.id, b.id] },
      answerOf,
    );
    expect(added.products.nodes).toEqual([{ slug: 'shelf-a' }, { slug: 'shelf-b' }]);
    const removed = await desk.run(
      'removeProductsFromCollection',
      { collectionId: id, productIds: [a.id, missingId] },
      answerOf,
    );
    expect(removed.products.nodes).toEqual([{ slug: 'shelf-b' }]);
    expect((await desk.events()).slice(before)).toEqual(
      [b, a].map((product) => ({
        type: 'catalog.product-changed.v1',
        payload: { productId: product.id, change: 'UPDATED', variantIds: [] },
      })),
    );
  });

  it('take a product once when two put it in at the same time', async () => {
    const product = await desk.product({ slug: 'popular' });
    const id = await desk.collection('popular');
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        desk.run('addProductsToCollection', { collectionId: id, productIds: [product.id] }),
      ),
    );
    expect(answers.map(({ __typename }) => __typename)).toEqual(['Collection', 'Collection', 'Collection']);
    expect((await read(id)).products).toEqual({ totalCount: 1, nodes: [{ slug: 'popular' }] });
  });

  it.each([
    ['createCollection', 'a slug that is taken', { slug: 'taken' }, 'SlugTakenError', { slug: 'taken' }],
    [
      'createCollection',
      'a slug of another form',
      { slug: 'a b' },
      'InvalidInputError',
      { field: 'input.slug' },
    ],
    ['createCollection', 'an empty name', { name: '' }, 'InvalidInputError', { field: 'input.name' }],
    [
      'createCollection',
      'a control character',
      { description: '\u0000' },
      'InvalidInputError',
      { field: 'input.description' },
    ],
    ['updateCollection', 'a slug that is taken', { slug: 'taken' }, 'SlugTakenError', { slug: 'taken' }],
    ['updateCollection', 'an empty slug', { slug: '' }, 'InvalidInputError', { field: 'input.slug' }],
    ['updateCollection', 'an empty name', { name: ' ' }, 'InvalidInputError', { field: 'input.name' }],
    [
      'updateCollection',
      'a collection that is not there',
      { id: missingId },
      'CollectionNotFoundError',
      { collectionId: missingId },
    ],
    [
      'addProductsToCollection',
      'no products',
      { productIds: [] },
      'InvalidInputError',
      { field: 'input.productIds' },
    ],
    [
      'addProductsToCollection',
      '101 products',
      { productIds: Array(101).fill(missingId) },
      'InvalidInputError',
      { field: 'input.productIds' },
    ],
    [
      'addProductsToCollection',
      'a product that is not there',
      { productIds: ['kept', missingId] },
      'ProductNotFoundError',
      { productId: missingId },
    ],
    [
      'addProductsToCollection',
      'a collection that is not there',
      { collectionId: missingId },
      'CollectionNotFoundError',
      { collectionId: missingId },
    ],
    [
      'removeProductsFromCollection',
      'no products',
      { productIds: [] },
      'InvalidInputError',
      { field: 'input.productIds' },
    ],
    [
      'removeProductsFromCollection',
      'a collection that is not there',
      { collectionId: 'x' },
      'CollectionNotFoundError',
      { collectionId: 'x' },
    ],
  ])('%s refuses %s, and changes nothing', async (mutation, what, input, __typename, facts) => {
    const slug = `kept-${mutation}-${what}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const kept = await desk.product({ slug });
    const id = await desk.collection(slug, [kept]);
    const other = await desk.product();
    const productIds =
      'productIds' in input
        ? input.productIds?.map((productId) => (productId === 'kept' ? other.id : productId))
        : [other.id];
    const defaults = {
      createCollection: { slug: `new-${slug}`, name: 'New' },
      updateCollection: { id, expectedVersion: 1, name: 'New' },
    }[mutation] ?? { collectionId: id };
    const before = [
      await read(id),
      await desk.events(),
      (await subgraph.query('{ collections { totalCount } }')).data,
    ];

    const [fact = ''] = Object.keys(facts);
    const inCollection = mutation.includes('Products') ? { productIds } : {};
    const answer = await desk.run(
      mutation,
      { ...defaults, ...input, ...inCollection },
      `... on ${__typename} { ${fact} }`,
    );
    expect(answer).toMatchObject({ __typename, ...facts });
    expect([
      await read(id),
      await desk.events(),
      (await subgraph.query('{ collections { totalCount } }')).data,
    ]).toEqual(before);
  });
});

describe.each(databaseEngines)('facets on $engine', ({ freshUrl }) => {
  let subgraph: TestSubgraph;
  let desk: StaffDesk;
  let materialId: string;
  beforeAll(async () => {
    subgraph = await testSubgraph(catalog, { databaseUrl: freshUrl() });
    desk = staffDesk(subgraph);
    const material = await desk.run(
      'createFacet',
      {
        code: 'material',
        name: 'Material',
        values: [{ code: 'linen', name: 'Linen' }],
        translations: [{ locale: 'de', name: 'Stoff' }],
      },
      facetFields,
    );
    materialId = material.id;
  });
  afterAll(() => subgraph.stop());

  const facets = async () =>
    (await subgraph.query('{ facets { code values { code facet { id } } } }')).data.facets;

  it('are made with values, listed in the order in which they were made, and grow', async () => {
    const colour = await desk.run('createFacet', { code: 'colour', name: 'Colour' }, facetFields);
    expect(colour).toMatchObject({ __typename: 'Facet', facetCode: 'colour', german: 'Colour', values: [] });
    const grown = await desk.run(
      'addFacetValues',
      {
        facetId: materialId,
        values: [
          { code: 'wool', name: 'Wool' },
          { code: 'cotton', name: 'Cotton' },
        ],
      },
      facetFields,
    );
    expect(grown).toMatchObject({
      german: 'Stoff',
      values: [{ code: 'linen' }, { code: 'wool' }, { code: 'cotton' }],
    });
    expect(await facets()).toEqual([
      {
        code: 'material',
        values: ['linen', 'wool', 'cotton'].map((code) => ({ code, facet: { id: materialId } })),
      },
      { code: 'colour', values: [] },
    ]);
  });

  it.each([
    [
      'createFacet',
      'a code that is taken',
      { code: 'material', name: 'x' },
      'FacetCodeTakenError',
      { facetCode: 'material' },
    ],
    [
      'createFacet',
      'a code of another form',
      { code: 'A', name: 'x' },
      'InvalidInputError',
      { field: 'input.code' },
    ],
    ['createFacet', 'an empty name', { code: 'a', name: '' }, 'InvalidInputError', { field: 'input.name' }],
    [
      'createFacet',
      'a value twice',
      {
        code: 'a',
        name: 'x',
        values: [
          { code: 'v', name: 'v' },
          { code: 'v', name: 'v' },
        ],
      },
      'InvalidInputError',
      { field: 'input.values.1' },
    ],
    [
      'addFacetValues',
      'a facet that is not there',
      { facetId: missingId, values: [{ code: 'v', name: 'v' }] },
      'FacetNotFoundError',
      { facetId: missingId },
    ],
    ['addFacetValues', 'no values', { values: [] }, 'InvalidInputError', { field: 'input.values' }],
    [
      'addFacetValues',
      'a value that is there',
      {
        values: [
          { code: 'new', name: 'v' },
          { code: 'linen', name: 'v' },
        ],
      },
      'InvalidInputError',
      { field: 'input.values.1.code' },
    ],
  ])('%s refuses %s, and changes nothing', async (mutation, _, input, __typename, facts) => {
    const before = await facets();
    const [fact = ''] = Object.keys(facts);
    const defaults = mutation === 'addFacetValues' ? { facetId: materialId } : {};
    const answer = await desk.run(mutation, { ...defaults, ...input }, `... on ${__typename} { ${fact} }`);
    expect(answer).toMatchObject({ __typename, ...facts });
    expect(await facets()).toEqual(before);
  });
});
