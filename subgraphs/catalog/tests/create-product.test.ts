import { databaseEngines, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../src/subgraph.ts';
import { type StaffDesk, sizes, staffDesk } from './staff-desk.ts';

const missingId = '019b81de-7b00-7d0e-9acf-860b4635d334';

describe.each(databaseEngines)('createProduct on $engine', ({ freshUrl }) => {
  let subgraph: TestSubgraph;
  let desk: StaffDesk;
  let colourId: string;
  beforeAll(async () => {
    subgraph = await testSubgraph(catalog, { databaseUrl: freshUrl() });
    desk = staffDesk(subgraph);
    const facet = await desk.run(
      'createFacet',
      { code: 'colour', name: 'Colour', values: [{ code: 'blue', name: 'Blue' }] },
      '... on Facet { values { id } }',
    );
    colourId = facet.values[0].id;
  });
  afterAll(() => subgraph.stop());

  const productCount = async () =>
    (await subgraph.query('{ products { totalCount } }')).data.products.totalCount;

  it('makes a product with all that belongs to it, for buyers to see', async () => {
    const shirts = await desk.collection('shirts');
    const { id } = await desk.sizedProduct('LINEN', {
      slug: 'linen-shirt',
      name: ' Linen Shirt ',
      description: 'Two\nlines.',
      images: [
        { url: 'https://images.example/1.jpg', alt: 'A shirt' },
        { url: 'https://images.example/2.jpg' },
      ],
      facetValueIds: [colourId],
      collectionIds: [shirts],
      translations: [{ locale: 'de', name: 'Leinenhemd', description: 'Zwei\nZeilen.' }],
    });
    const { data } = await subgraph.query(
      `query ($id: ID) { product(id: $id) {
        slug name description state version german: name(locale: "de") images { url alt position }
        options { code name values { code name } } variants { sku name weightGrams state version options { code } }
        collections { slug } facetValues { code facet { code } }
      } }`,
      { id },
    );
    expect(data.product).toEqual({
      slug: 'linen-shirt',
      name: 'Linen Shirt',
      description: 'Two\nlines.',
      state: 'ACTIVE',
      version: 1,
      german: 'Leinenhemd',
      images: [
        { url: 'https://images.example/1.jpg', alt: 'A shirt', position: 0 },
        { url: 'https://images.example/2.jpg', alt: '', position: 1 },
      ],
      options: [sizes],
      variants: ['S', 'M'].map((size) => ({
        sku: `LINEN-${size}`,
        name: size,
        weightGrams: null,
        state: 'ACTIVE',
        version: 1,
        options: [{ code: size.toLowerCase() }],
      })),
      collections: [{ slug: 'shirts' }],
      facetValues: [{ code: 'blue', facet: { code: 'colour' } }],
    });
  });

  it('records that the product was made, with its variants', async () => {
    const product = await desk.sizedProduct('EVENT');
    expect((await desk.events()).at(-1)).toEqual({
      type: 'catalog.product-changed.v1',
      payload: { productId: product.id, change: 'CREATED', variantIds: product.variants.map(({ id }) => id) },
    });
  });

  it('makes two products of one name, and one of no variants', async () => {
    const [one, two] = [await desk.product({ name: 'Twin' }), await desk.product({ name: 'Twin' })];
    expect(one.id).not.toBe(two.id);
    expect(one.variants).toEqual([]);
  });

  describe('refuses, and keeps nothing,', () => {
    beforeAll(async () => {
      await desk.product({ slug: 'taken', variants: [{ sku: 'TAKEN' }] });
    });
    const sized = (...variants: object[]) => ({ options: [sizes], variants });
    const size = (sku: string, value: string) => ({ sku, options: [{ option: 'size', value }] });
    const named = (code: string, name = code) => ({ code, name });
    const many = (length: number) => Array.from({ length }, (_, index) => index);

    it.each([
      ['a slug that is taken', { slug: 'taken' }, 'SlugTakenError', { slug: 'taken' }],
      ['a sku that is taken', { variants: [{ sku: 'TAKEN' }] }, 'SkuTakenError', { sku: 'TAKEN' }],
      [
        'a collection that does not exist',
        { collectionIds: [missingId] },
        'CollectionNotFoundError',
        { collectionId: missingId },
      ],
      [
        'a collection whose id is none',
        { collectionIds: ['\u0000'] },
        'CollectionNotFoundError',
        { collectionId: '\u0000' },
      ],
      [
        'a facet value that does not exist',
        { facetValueIds: [missingId] },
        'InvalidInputError',
        { field: 'input.facetValueIds.0' },
      ],
      ['a slug of another form', { slug: 'No Slug' }, 'InvalidInputError', { field: 'input.slug' }],
      ['an empty name', { name: '  ' }, 'InvalidInputError', { field: 'input.name' }],
      [
        'a description with control characters',
        { description: '\u0000' },
        'InvalidInputError',
        { field: 'input.description' },
      ],
      [
        'a text in the default language',
        { translations: [{ locale: 'en', name: 'x' }] },
        'InvalidInputError',
        { field: 'input.translations.0.locale' },
      ],
      [
        'an image that is not on the web',
        { images: [{ url: 'file:///etc/passwd' }] },
        'InvalidInputError',
        { field: 'input.images.0.url' },
      ],
      [
        '21 images',
        { images: many(21).map(() => ({ url: 'https://x.example/1.jpg' })) },
        'InvalidInputError',
        { field: 'input.images' },
      ],
      [
        'an option code of another form',
        { options: [{ ...sizes, code: 'Size' }] },
        'InvalidInputError',
        { field: 'input.options.0.code' },
      ],
      ['an option twice', { options: [sizes, sizes] }, 'InvalidInputError', { field: 'input.options.1' }],
      [
        'an option without values',
        { options: [{ ...sizes, values: [] }] },
        'InvalidInputError',
        { field: 'input.options.0.values' },
      ],
      [
        'a value twice',
        { options: [{ ...sizes, values: [named('s'), named('s')] }] },
        'InvalidInputError',
        { field: 'input.options.0.values.1' },
      ],
      [
        'a value without a name',
        { options: [{ ...sizes, values: [named('s', '')] }] },
        'InvalidInputError',
        { field: 'input.options.0.values.0.name' },
      ],
      [
        'a sku of another form',
        { variants: [{ sku: 'A B' }] },
        'InvalidInputError',
        { field: 'input.variants.0.sku' },
      ],
      [
        'a sku twice',
        sized(size('A', 's'), size('A', 'm')),
        'InvalidInputError',
        { field: 'input.variants.1' },
      ],
      [
        'a negative weight',
        { variants: [{ sku: 'A', weightGrams: -1 }] },
        'InvalidInputError',
        { field: 'input.variants.0.weightGrams' },
      ],
      [
        'a translation of a name that a variant has not',
        { variants: [{ sku: 'A', translations: [{ locale: 'de', name: 'x' }] }] },
        'InvalidInputError',
        { field: 'input.variants.0.translations' },
      ],
      [
        'a value that the option has not',
        sized(size('A', 'xl')),
        'InvalidInputError',
        { field: 'input.variants.0.options.0.value' },
      ],
      [
        'a variant without its size',
        sized({ sku: 'A' }),
        'InvalidInputError',
        { field: 'input.variants.0.options' },
      ],
      [
        'a variant with an option that the product has not',
        { variants: [size('A', 's')] },
        'InvalidInputError',
        { field: 'input.variants.0.options.0.option' },
      ],
      [
        'a combination twice',
        sized(size('A', 's'), size('B', 's')),
        'InvalidInputError',
        { field: 'input.variants.1.options' },
      ],
      [
        'two variants without options',
        { variants: [{ sku: 'A' }, { sku: 'B' }] },
        'InvalidInputError',
        { field: 'input.variants.1.options' },
      ],
      [
        '101 variants',
        { variants: many(101).map((index) => ({ sku: `MANY-${index}` })) },
        'InvalidInputError',
        { field: 'input.variants' },
      ],
    ])('%s', async (_, input, __typename, facts) => {
      const before = [await productCount(), await desk.events()];
      const [fact = ''] = Object.keys(facts);
      const answer = await desk.run(
        'createProduct',
        { slug: 'refused', name: 'Refused', ...input },
        `... on ${__typename} { ${fact} }`,
      );
      expect(answer).toMatchObject({ __typename, ...facts, message: expect.stringMatching(/\w/) });
      expect([await productCount(), await desk.events()]).toEqual(before);
    });
  });
});
