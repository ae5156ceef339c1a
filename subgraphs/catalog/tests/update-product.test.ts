import { fixedClock } from '@stoa/clock';
import { customer, databaseEngines, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../src/subgraph.ts';
import { type StaffDesk, savedProduct, sizes, staffDesk } from './staff-desk.ts';

const missingId = '019b81de-7b00-7d0e-9acf-860b4635d334';

describe.each(databaseEngines)('updateProduct on $engine', ({ freshUrl }) => {
  let subgraph: TestSubgraph;
  let desk: StaffDesk;
  beforeAll(async () => {
    // Time stands still: versions must not depend on it.
    subgraph = await testSubgraph(catalog, { databaseUrl: freshUrl(), clock: fixedClock() });
    desk = staffDesk(subgraph);
  });
  afterAll(() => subgraph.stop());

  const read = async (id: string, selection: string) =>
    (await subgraph.query(`query ($id: ID) { product(id: $id) { ${selection} } }`, { id })).data.product;
  const facetValues = async (code: string) => {
    const facet = await desk.run(
      'createFacet',
      {
        code,
        name: code,
        values: [
          { code: 'a', name: 'A' },
          { code: 'b', name: 'B' },
        ],
      },
      '... on Facet { values { id } }',
    );
    return facet.values.map(({ id }: { id: string }) => id);
  };

  it('changes what is given and leaves the rest', async () => {
    const { id } = await desk.product({ description: 'Old', images: [{ url: 'https://x.example/1.jpg' }] });
    const answer = await desk.run(
      'updateProduct',
      { id, expectedVersion: 1, name: ' New name ', slug: 'new-slug' },
      '... on Product { slug name version }',
    );
    expect(answer).toEqual({ __typename: 'Product', slug: 'new-slug', name: 'New name', version: 2 });
    expect(await read(id, 'slug name description images { url }')).toEqual({
      slug: 'new-slug',
      name: 'New name',
      description: 'Old',
      images: [{ url: 'https://x.example/1.jpg' }],
    });
  });

  it('replaces pictures and facet values, and the texts of the languages given', async () => {
    const [a, b] = await facetValues('replaced');
    const { id } = await desk.product({
      images: [{ url: 'https://x.example/1.jpg' }, { url: 'https://x.example/2.jpg' }],
      facetValueIds: [a],
      translations: [
        { locale: 'de', name: 'Alt', description: 'Alt' },
        { locale: 'fr', name: 'Vieux' },
      ],
    });
    await desk.run('updateProduct', {
      id,
      expectedVersion: 1,
      images: [{ url: 'https://x.example/2.jpg' }],
      facetValueIds: [b],
      translations: [{ locale: 'de', name: 'Neu' }],
    });
    expect(
      await read(
        id,
        'images { url position } facetValues { id } de: name(locale: "de") dd: description(locale: "de") fr: name(locale: "fr")',
      ),
    ).toEqual({
      images: [{ url: 'https://x.example/2.jpg', position: 0 }],
      facetValues: [{ id: b }],
      de: 'Neu',
      // Without a German description, that of the default language stands in.
      dd: '',
      fr: 'Vieux',
    });
  });

  it('adds values to an option, for new variants to have', async () => {
    const { id } = await desk.sizedProduct('GROWS');
    const answer = await desk.run(
      'updateProduct',
      { id, expectedVersion: 1, addOptionValues: [{ option: 'size', value: { code: 'l', name: 'L' } }] },
      '... on Product { options { values { code } } }',
    );
    expect(answer.options).toEqual([{ values: [{ code: 's' }, { code: 'm' }, { code: 'l' }] }]);
    const variant = await desk.run(
      'createVariant',
      { productId: id, sku: 'GROWS-L', options: [{ option: 'size', value: 'l' }] },
      '... on ProductVariant { name }',
    );
    expect(variant).toEqual({ __typename: 'ProductVariant', name: 'L' });
  });

  it('moves the product in every list that is sorted by name', async () => {
    const product = await desk.product({ name: 'aaa first' });
    const other = await desk.product({ name: 'aab second' });
    const collectionId = await desk.collection('sorted', [product, other]);
    const shelf = async () => {
      const { data } = await subgraph.query(
        'query ($id: ID!) { collection(id: $id) { products { nodes { id } } } products(first: 2) { nodes { id } } }',
        { id: collectionId },
      );
      return [data.collection.products.nodes, data.products.nodes];
    };
    const before = [{ id: product.id }, { id: other.id }];
    expect(await shelf()).toEqual([before, before]);
    await desk.run('updateProduct', { id: product.id, expectedVersion: 1, name: 'AÁC third' });
    expect(await shelf()).toEqual([before.toReversed(), before.toReversed()]);
  });

  it('records the change with all variants, since their full names change too', async () => {
    const { id, variants } = await desk.sizedProduct('TOLD');
    await desk.run('updateProduct', { id, expectedVersion: 1, name: 'Other' });
    expect((await desk.events()).at(-1)).toMatchObject({
      payload: { productId: id, change: 'UPDATED', variantIds: variants.map((variant) => variant.id) },
    });
  });

  it('moves the version with every change, also of what lies beside the product', async () => {
    const { id } = await desk.product();
    const images = [{ url: 'https://x.example/1.jpg' }];
    const first = await desk.run('updateProduct', { id, expectedVersion: 1, images }, savedProduct);
    expect(first.version).toBe(2);
    const stale = await desk.run('updateProduct', { id, expectedVersion: 1, images: [] });
    expect(stale.__typename).toBe('StaleVersionError');
  });

  it('refuses a change that was made from an older version, and says which is the newest', async () => {
    const { id } = await desk.product();
    await desk.run('updateProduct', { id, expectedVersion: 1, name: 'First' });
    const answer = await desk.run(
      'updateProduct',
      { id, expectedVersion: 1, name: 'Second' },
      '... on StaleVersionError { currentVersion }',
    );
    expect(answer).toEqual({
      __typename: 'StaleVersionError',
      code: 'STALE_VERSION',
      message: 'Expected version 1, found 2: read it again, then change it',
      currentVersion: 2,
    });
    expect(await read(id, 'name version')).toEqual({ name: 'First', version: 2 });
  });

  it('lets exactly one of many changes from the same version win', async () => {
    const { id } = await desk.product();
    const names = ['one', 'two', 'three', 'four', 'five'];
    const answers = await Promise.all(
      names.map((name) =>
        desk.run(
          'updateProduct',
          { id, expectedVersion: 1, name },
          '... on Product { name } ... on StaleVersionError { currentVersion }',
        ),
      ),
    );
    const [won, ...others] = answers.filter(({ __typename }) => __typename === 'Product');
    expect(others).toEqual([]);
    expect(
      answers.filter((answer) => answer.__typename === 'StaleVersionError' && answer.currentVersion === 2),
    ).toHaveLength(4);
    expect(await read(id, 'name version')).toEqual({ name: won.name, version: 2 });
  });

  it('gives a slug to one of two who ask for it at once', async () => {
    const answers = await Promise.all(
      ['one', 'two'].map((name) =>
        desk.run('createProduct', { slug: 'wanted', name }, '... on SlugTakenError { slug }'),
      ),
    );
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['Product', 'SlugTakenError']);
  });

  describe('refuses, and changes nothing,', () => {
    let id: string;
    beforeAll(async () => {
      await desk.product({ slug: 'taken' });
      ({ id } = await desk.sizedProduct('KEPT', { slug: 'kept', name: 'Kept' }));
    });
    const value = (option: string, code: string) => ({
      addOptionValues: [{ option, value: { code, name: code } }],
    });

    it.each([
      ['a product that does not exist', { id: missingId }, 'ProductNotFoundError', { productId: missingId }],
      ['what is no id', { id: "' or 1=1" }, 'ProductNotFoundError', { productId: "' or 1=1" }],
      ['a slug that is taken', { slug: 'taken' }, 'SlugTakenError', { slug: 'taken' }],
      ['a slug of another form', { slug: '' }, 'InvalidInputError', { field: 'input.slug' }],
      ['an empty name', { name: '' }, 'InvalidInputError', { field: 'input.name' }],
      [
        'a description with control characters',
        { description: '\u0007' },
        'InvalidInputError',
        { field: 'input.description' },
      ],
      [
        'a language twice',
        {
          translations: [
            { locale: 'de', name: 'x' },
            { locale: 'DE', name: 'y' },
          ],
        },
        'InvalidInputError',
        { field: 'input.translations.1' },
      ],
      [
        'an image without a URL',
        { images: [{ url: '' }] },
        'InvalidInputError',
        { field: 'input.images.0.url' },
      ],
      [
        'a facet value that does not exist',
        { facetValueIds: [missingId] },
        'InvalidInputError',
        { field: 'input.facetValueIds.0' },
      ],
      [
        'a value for an option that is not there',
        value('colour', 'blue'),
        'InvalidInputError',
        { field: 'input.addOptionValues.0.option' },
      ],
      [
        'a value that the option has',
        value('size', 'm'),
        'InvalidInputError',
        { field: 'input.addOptionValues.0.value.code' },
      ],
      [
        'a value of another form',
        value('size', 'XL'),
        'InvalidInputError',
        { field: 'input.addOptionValues.0.value.code' },
      ],
    ])('%s', async (_, input, __typename, facts) => {
      const [fact = ''] = Object.keys(facts);
      const before = [
        await read(id, 'slug name version images { url } options { values { code } }'),
        await desk.events(),
      ];
      const answer = await desk.run(
        'updateProduct',
        { id, expectedVersion: 1, ...input, ...('name' in input ? {} : { name: 'Changed' }) },
        `... on ${__typename} { ${fact} }`,
      );
      expect(answer).toMatchObject({ __typename, ...facts });
      expect([
        await read(id, 'slug name version images { url } options { values { code } }'),
        await desk.events(),
      ]).toEqual(before);
    });

    it('more values than an option may have', async () => {
      const values = Array.from({ length: 100 }, (_, index) => ({ code: `v-${index}`, name: `V ${index}` }));
      const full = await desk.product({ options: [{ ...sizes, values }] });
      const answer = await desk.run(
        'updateProduct',
        { id: full.id, expectedVersion: 1, ...value('size', 'one-more') },
        '... on InvalidInputError { field }',
      );
      expect(answer).toMatchObject({ field: 'input.addOptionValues.0' });
    });
  });

  it('archives a product once', async () => {
    const { id, variants } = await desk.sizedProduct('GONE');
    const archive = () => desk.run('archiveProduct', { id }, '... on Product { state version }');
    expect(await archive()).toEqual({ __typename: 'Product', state: 'ARCHIVED', version: 2 });
    const events = await desk.events();
    expect(events.at(-1)).toMatchObject({
      payload: { productId: id, change: 'ARCHIVED', variantIds: variants.map((variant) => variant.id) },
    });
    expect(await archive()).toEqual({ __typename: 'Product', state: 'ARCHIVED', version: 2 });
    expect(await desk.events()).toEqual(events);
  });

  it('finds no product to archive where there is none', async () => {
    expect(
      await desk.run('archiveProduct', { id: missingId }, '... on ProductNotFoundError { productId }'),
    ).toMatchObject({
      __typename: 'ProductNotFoundError',
      code: 'PRODUCT_NOT_FOUND',
      productId: missingId,
    });
  });

  it('shows each of several changes in one operation as it was then', async () => {
    const { id } = await desk.product();
    const { data } = await subgraph.query(
      `mutation ($id: ID!) {
        first: updateProduct(input: { id: $id, expectedVersion: 1, name: "First" }) { ... on Product { name version } }
        second: updateProduct(input: { id: $id, expectedVersion: 2, name: "Second" }) { ... on Product { name version } }
      }`,
      { id },
      { viewer: { ...customer('s'), roles: ['STAFF'] } },
    );
    expect(data).toEqual({ first: { name: 'First', version: 2 }, second: { name: 'Second', version: 3 } });
  });
});
