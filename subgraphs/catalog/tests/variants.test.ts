import { databaseEngines, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../src/subgraph.ts';
import { type SavedProduct, type SavedVariant, type StaffDesk, sizes, staffDesk } from './staff-desk.ts';

const missingId = '019b81de-7b00-7d0e-9acf-860b4635d334';
const errorFacts =
  '... on InvalidInputError { field } ... on SkuTakenError { sku } ... on VariantNotFoundError { variantId } ... on StaleVersionError { currentVersion }';

describe.each(databaseEngines)('variants on $engine', ({ freshUrl }) => {
  let subgraph: TestSubgraph;
  let desk: StaffDesk;
  beforeAll(async () => {
    subgraph = await testSubgraph(catalog, { databaseUrl: freshUrl() });
    desk = staffDesk(subgraph);
    await desk.product({ variants: [{ sku: 'TAKEN' }] });
  });
  afterAll(() => subgraph.stop());

  const size = (value: string) => ({ options: [{ option: 'size', value }] });
  const variantOf = async (product: SavedProduct, sku: string) => {
    const variant = product.variants.find((saved) => saved.sku === sku);
    if (variant === undefined) throw new Error(`expected a variant ${sku}`);
    return variant;
  };

  describe('createVariant', () => {
    it('adds a variant after the others, and records it', async () => {
      const product = await desk.product({ options: [sizes], variants: [{ sku: 'ADD-M', ...size('m') }] });
      const answer = await desk.run(
        'createVariant',
        { productId: product.id, sku: 'ADD-S', weightGrams: 250, ...size('s') },
        '... on ProductVariant { id sku name weightGrams state version options { code } product { variants { sku } } }',
      );
      expect(answer).toEqual({
        __typename: 'ProductVariant',
        id: expect.any(String),
        sku: 'ADD-S',
        name: 'S',
        weightGrams: 250,
        state: 'ACTIVE',
        version: 1,
        options: [{ code: 's' }],
        product: { variants: [{ sku: 'ADD-M' }, { sku: 'ADD-S' }] },
      });
      expect((await desk.events()).at(-1)).toEqual({
        type: 'catalog.product-changed.v1',
        payload: { productId: product.id, change: 'UPDATED', variantIds: [answer.id] },
      });
    });

    it('gives a variant a name of its own, in several languages', async () => {
      const { id } = await desk.product();
      const answer = await desk.run(
        'createVariant',
        {
          productId: id,
          sku: 'NAMED',
          name: ' Gift set ',
          translations: [{ locale: 'de', name: 'Geschenkset' }],
        },
        '... on ProductVariant { name german: name(locale: "de-AT") french: name(locale: "fr") }',
      );
      expect(answer).toMatchObject({ name: 'Gift set', german: 'Geschenkset', french: 'Gift set' });
    });

    it('sells a combination again that was archived', async () => {
      const product = await desk.sizedProduct('BACK');
      await desk.run('archiveVariant', { id: (await variantOf(product, 'BACK-S')).id });
      const answer = await desk.run('createVariant', { productId: product.id, sku: 'BACK-S2', ...size('s') });
      expect(answer.__typename).toBe('ProductVariant');
    });

    it.each([
      ['a product that does not exist', { productId: missingId }, 'ProductNotFoundError', {}],
      ['a sku that is taken', { sku: 'TAKEN', ...size('l') }, 'SkuTakenError', { sku: 'TAKEN' }],
      ['a sku of another form', { sku: '', ...size('l') }, 'InvalidInputError', { field: 'input.sku' }],
      ['a combination that is on sale', size('m'), 'InvalidInputError', { field: 'input.options' }],
      ['no combination', {}, 'InvalidInputError', { field: 'input.options' }],
      ['a value that there is not', size('xl'), 'InvalidInputError', { field: 'input.options.0.value' }],
      ['an empty name', { name: '', ...size('l') }, 'InvalidInputError', { field: 'input.name' }],
      [
        'a negative weight',
        { weightGrams: -5, ...size('l') },
        'InvalidInputError',
        { field: 'input.weightGrams' },
      ],
    ])('refuses %s, and adds nothing', async (what, input, __typename, facts) => {
      const values = [...sizes.values, { code: 'l', name: 'L' }];
      const prefix = `R${what.replace(/\W/g, '')}`;
      const { id } = await desk.sizedProduct(prefix, { options: [{ ...sizes, values }] });
      const answer = await desk.run(
        'createVariant',
        { productId: id, sku: `${prefix}-L`, ...input },
        errorFacts.replace(/\.\.\. on (Variant|Stale)\w+ \{ \w+ \}/g, ''),
      );
      expect(answer).toMatchObject({ __typename, ...facts });
      const { data } = await subgraph.query('query ($id: ID) { product(id: $id) { variants { sku } } }', {
        id,
      });
      expect(data.product.variants).toHaveLength(2);
    });

    it('sells no 101st variant, also when two are added at the same time', async () => {
      const letters = ['a', 'b'].map((code) => ({ code, name: code }));
      const numbers = Array.from({ length: 99 }, (_, index) => ({ code: `n-${index}`, name: `N ${index}` }));
      const choice = (letter: string, number: string) => ({
        options: [
          { option: 'letter', value: letter },
          { option: 'number', value: number },
        ],
      });
      const { id: productId } = await desk.product({
        options: [
          { code: 'letter', name: 'Letter', values: letters },
          { code: 'number', name: 'Number', values: numbers },
        ],
        variants: numbers.map(({ code }) => ({ sku: `FULL-${code}`, ...choice('a', code) })),
      });
      const answers = await Promise.all(
        ['n-1', 'n-2'].map((number) =>
          desk.run(
            'createVariant',
            { productId, sku: `MORE-${number}`, ...choice('b', number) },
            '... on InvalidInputError { field }',
          ),
        ),
      );
      expect(answers).toContainEqual(expect.objectContaining({ __typename: 'ProductVariant' }));
      expect(answers).toContainEqual(expect.objectContaining({ field: 'input.productId' }));
    });

    it('sells a combination once when two add it at the same time', async () => {
      const { id } = await desk.product({ options: [sizes] });
      const answers = await Promise.all(
        ['RACE-1', 'RACE-2'].map((sku) => desk.run('createVariant', { productId: id, sku, ...size('s') })),
      );
      expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
        'InvalidInputError',
        'ProductVariant',
      ]);
    });

    it('gives a sku to one of two products that ask for it at the same time', async () => {
      const products = [await desk.product(), await desk.product()];
      const answers = await Promise.all(
        products.map(({ id }) => desk.run('createVariant', { productId: id, sku: 'WANTED' })),
      );
      expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['ProductVariant', 'SkuTakenError']);
    });
  });

  describe('updateVariant', () => {
    let product: SavedProduct;
    let variant: SavedVariant;
    beforeAll(async () => {
      product = await desk.product({
        variants: [
          {
            sku: 'UPDATE',
            name: 'Old',
            weightGrams: 100,
            translations: [
              { locale: 'de', name: 'Alt' },
              { locale: 'fr', name: 'Vieux' },
            ],
          },
        ],
        name: 'Vase',
      });
      variant = await variantOf(product, 'UPDATE');
    });
    const names =
      '... on ProductVariant { sku name de: name(locale: "de") fr: name(locale: "fr") weightGrams version }';

    it('changes what is given, leaves the rest, and goes back to what names a variant by default', async () => {
      const { id } = variant;
      expect(
        await desk.run(
          'updateVariant',
          { id, expectedVersion: 1, sku: 'UPDATED', translations: [{ locale: 'de', name: 'Neu' }] },
          names,
        ),
      ).toMatchObject({ sku: 'UPDATED', name: 'Old', de: 'Neu', fr: 'Vieux', weightGrams: 100, version: 2 });
      expect((await desk.events()).at(-1)).toMatchObject({
        payload: { productId: product.id, change: 'UPDATED', variantIds: [id] },
      });
      expect(await desk.run('updateVariant', { id, expectedVersion: 2, name: 'New' }, names)).toMatchObject({
        name: 'New',
        de: 'Neu',
      });
      expect(
        await desk.run('updateVariant', { id, expectedVersion: 3, name: null, weightGrams: null }, names),
      ).toMatchObject({
        sku: 'UPDATED',
        // Without options, a variant is called as its product.
        name: 'Vase',
        de: 'Vase',
        weightGrams: null,
        version: 4,
      });
    });

    it.each([
      ['a variant that does not exist', { id: missingId }, 'VariantNotFoundError', { variantId: missingId }],
      ['an older version', { expectedVersion: 0 }, 'StaleVersionError', { currentVersion: 1 }],
      ['a sku that is taken', { sku: 'TAKEN' }, 'SkuTakenError', { sku: 'TAKEN' }],
      ['an empty sku', { sku: '' }, 'InvalidInputError', { field: 'input.sku' }],
      ['an empty name', { name: '' }, 'InvalidInputError', { field: 'input.name' }],
      ['a negative weight', { weightGrams: -1 }, 'InvalidInputError', { field: 'input.weightGrams' }],
      [
        'a translation of no name',
        { translations: [{ locale: 'de', name: 'x' }] },
        'InvalidInputError',
        { field: 'input.translations' },
      ],
    ])('refuses %s, and changes nothing', async (what, input, __typename, facts) => {
      const sku = `U${what.replace(/\W/g, '')}`;
      const { variants } = await desk.product({ variants: [{ sku, weightGrams: 7 }] });
      const events = await desk.events();
      const answer = await desk.run(
        'updateVariant',
        { id: variants[0]?.id, expectedVersion: 1, ...input },
        errorFacts,
      );
      expect(answer).toMatchObject({ __typename, ...facts });
      const { data } = await subgraph.query(
        'query ($sku: String) { variant(sku: $sku) { weightGrams version } }',
        { sku },
      );
      expect(data.variant).toEqual({ weightGrams: 7, version: 1 });
      expect(await desk.events()).toEqual(events);
    });

    it('lets exactly one of two changes from the same version win', async () => {
      const { variants } = await desk.product({ variants: [{ sku: 'DUEL' }] });
      const answers = await Promise.all(
        [1, 2].map((weightGrams) =>
          desk.run('updateVariant', { id: variants[0]?.id, expectedVersion: 1, weightGrams }),
        ),
      );
      expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
        'ProductVariant',
        'StaleVersionError',
      ]);
    });
  });

  describe('archiveVariant', () => {
    it('takes a variant out of sale once', async () => {
      const product = await desk.sizedProduct('OUT');
      const { id } = await variantOf(product, 'OUT-S');
      const archive = () => desk.run('archiveVariant', { id }, '... on ProductVariant { state version }');
      expect(await archive()).toEqual({ __typename: 'ProductVariant', state: 'ARCHIVED', version: 2 });
      const events = await desk.events();
      expect(events.at(-1)).toMatchObject({
        payload: { productId: product.id, change: 'UPDATED', variantIds: [id] },
      });
      expect(await archive()).toMatchObject({ version: 2 });
      expect(await desk.events()).toEqual(events);
    });

    it('finds no variant where there is none', async () => {
      expect(
        await desk.run('archiveVariant', { id: 'nothing' }, '... on VariantNotFoundError { variantId }'),
      ).toEqual({
        __typename: 'VariantNotFoundError',
        code: 'VARIANT_NOT_FOUND',
        message: 'There is no variant nothing',
        variantId: 'nothing',
      });
    });
  });
});
