import { newId } from '@stoa/clock';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embedded, eur, openPricingShop, type PricingShop } from './pricing-shop.ts';

describe.each(databaseEngines)('taxes on $engine', (engine) => {
  let shop: PricingShop;
  let standard: string;
  let reduced: string;
  beforeAll(async () => {
    shop = await openPricingShop(engine);
    await shop.withPriceList('EUR');
    standard = await shop.withTaxCategory('standard', { FR: 2000, DE: 1900 });
    reduced = await shop.withTaxCategory('reduced', { DE: 700 });
  });
  afterAll(() => shop.stop());

  const taxOf = async (variantId: string, country = 'DE') => {
    const { data } = await shop.subgraph.entities(
      [{ __typename: 'ProductVariant', id: variantId }],
      `... on ProductVariant { price(country: ${country}) { tax { amount } } }`,
    );
    return data[0].price.tax.amount;
  };
  const categoryOf = async (...variantIds: string[]) => {
    const { data } = await shop.subgraph.entities(
      variantIds.map((id) => ({ __typename: 'ProductVariant', id })),
      '... on ProductVariant { taxCategory { code } }',
    );
    return data.map((variant) => variant.taxCategory?.code);
  };

  it('are listed for everybody, by code and country, with two queries', async () => {
    let data: Record<string, unknown> = {};
    const statements = await shop.subgraph.statementsOf(async () => {
      const query = '{ taxCategories { code name rates { country basisPoints } } }';
      data = (await shop.subgraph.query<Record<string, unknown>>(query)).data;
    });
    expect(data.taxCategories).toEqual([
      { code: 'reduced', name: 'reduced', rates: [{ country: 'DE', basisPoints: 700 }] },
      {
        code: 'standard',
        name: 'standard',
        rates: [
          { country: 'DE', basisPoints: 1900 },
          { country: 'FR', basisPoints: 2000 },
        ],
      },
    ]);
    expect(statements).toHaveLength(2);
  });

  it('are resolved for the router in order, and null for a missing one', async () => {
    const { data } = await shop.subgraph.entities(
      [reduced, newId(), standard].map((id) => ({ __typename: 'TaxCategory', id })),
      '... on TaxCategory { code }',
    );
    expect(data.map((category) => category?.code ?? null)).toEqual(['reduced', null, 'standard']);
  });

  it('are standard for a variant that was given no category', async () => {
    const given = await shop.withVariant([eur(1000)], reduced);
    expect(await categoryOf(given, newId())).toEqual(['reduced', 'standard']);
  });

  describe('set by staff', () => {
    const setRate = (input: Record<string, unknown>) =>
      shop.change(
        'setTaxRate',
        input,
        `... on TaxCategory { rates { country basisPoints } }
         ... on UserError { code message }
         ... on InvalidInputError { field }
         ... on TaxCategoryNotFoundError { taxCategoryId }`,
      );

    it('apply from the next price on', async () => {
      const books = await shop.withTaxCategory('books');
      const variant = await shop.withVariant([eur(1070)], books);
      expect(await taxOf(variant)).toBe(0);
      await setRate({ taxCategoryId: books, country: 'DE', basisPoints: 700 });
      expect(await taxOf(variant)).toBe(70);
      const category = await setRate({ taxCategoryId: books, country: 'DE', basisPoints: 0 });
      expect(category.rates).toEqual([{ country: 'DE', basisPoints: 0 }]);
      expect(await taxOf(variant)).toBe(0);
    });

    it('stay one a country when many set them at a time', async () => {
      const toys = await shop.withTaxCategory('toys');
      const rates = [100, 200, 300, 400, 500];
      await Promise.all(
        rates.map((basisPoints) => setRate({ taxCategoryId: toys, country: 'DE', basisPoints })),
      );
      const { rates: kept } = await setRate({ taxCategoryId: toys, country: 'FR', basisPoints: 1 });
      expect(kept).toEqual([
        { country: 'DE', basisPoints: expect.toSatisfy((rate: number) => rates.includes(rate)) },
        { country: 'FR', basisPoints: 1 },
      ]);
    });

    it.each([-1, 10_001])('are refused at %i basis points', async (basisPoints) => {
      const before = await shop.countOf('tax_rate');
      expect(await setRate({ taxCategoryId: reduced, country: 'IT', basisPoints })).toEqual({
        __typename: 'InvalidInputError',
        code: 'INVALID_INPUT',
        message: `Expected a number from 0 to 10000, found ${basisPoints}`,
        field: 'input.basisPoints',
      });
      expect(await shop.countOf('tax_rate')).toBe(before);
    });

    it('are refused for a category that is not there', async () => {
      const taxCategoryId = newId();
      expect(await setRate({ taxCategoryId, country: 'DE', basisPoints: 1 })).toEqual({
        __typename: 'TaxCategoryNotFoundError',
        code: 'TAX_CATEGORY_NOT_FOUND',
        message: `There is no tax category ${taxCategoryId}`,
        taxCategoryId,
      });
    });
  });

  describe('of a variant', () => {
    const setCategory = (input: Record<string, unknown>) =>
      shop.change(
        'setVariantTaxCategory',
        input,
        `... on VariantTaxCategory { variant { id taxCategory { code } } taxCategory { code } }
         ... on UserError { code message }
         ... on InvalidInputError { field }`,
      );

    it('follow the category that staff give it, and the next one', async () => {
      const variantId = await shop.withVariant([eur(1190)]);
      expect(await taxOf(variantId)).toBe(190);
      expect(await setCategory({ variantId, taxCategoryId: reduced })).toEqual({
        __typename: 'VariantTaxCategory',
        variant: { id: variantId, taxCategory: { code: 'reduced' } },
        taxCategory: { code: 'reduced' },
      });
      expect(await taxOf(variantId)).toBe(78);
      await setCategory({ variantId, taxCategoryId: standard });
      expect(await taxOf(variantId)).toBe(190);
    });

    it('stay as they were when the category is not there or the variant is no id', async () => {
      const before = await shop.countOf('variant_tax_category');
      const taxCategoryId = newId();
      expect(await setCategory({ variantId: newId(), taxCategoryId })).toMatchObject({
        __typename: 'TaxCategoryNotFoundError',
        message: `There is no tax category ${taxCategoryId}`,
      });
      expect(await setCategory({ variantId: '7', taxCategoryId: reduced })).toMatchObject({
        __typename: 'InvalidInputError',
        field: 'input.variantId',
      });
      expect(await shop.countOf('variant_tax_category')).toBe(before);
    });
  });

  describe('in a new category', () => {
    const create = (input: Record<string, unknown>) =>
      shop.change(
        'createTaxCategory',
        input,
        `... on TaxCategory { name rates { country } }
         ... on UserError { code message }
         ... on InvalidInputError { field }
         ... on TaxCategoryExistsError { taxCategory { id } }`,
      );

    it('start without rates', async () => {
      const created = await create({ code: 'wine', name: 'Wine and spirits' });
      expect(created).toEqual({ __typename: 'TaxCategory', name: 'Wine and spirits', rates: [] });
    });

    it('need a code of their own, in the right form, and a name', async () => {
      const before = await shop.countOf('tax_category');
      expect(await create({ code: 'reduced', name: 'Again' })).toEqual({
        __typename: 'TaxCategoryExistsError',
        code: 'TAX_CATEGORY_EXISTS',
        message: 'A tax category has the code reduced',
        taxCategory: { id: reduced },
      });
      expect(await create({ code: 'Bad Code', name: 'x' })).toMatchObject({ field: 'input.code' });
      expect(await create({ code: 'good-code', name: '' })).toMatchObject({ field: 'input.name' });
      expect(await shop.countOf('tax_category')).toBe(before);
    });
  });
});

describe('a shop without a standard category', () => {
  it('takes no tax of what was given no category', async () => {
    const shop = await openPricingShop(embedded);
    await shop.withPriceList('EUR');
    const id = await shop.withVariant([eur(1190)]);
    const { data } = await shop.subgraph.entities(
      [{ __typename: 'ProductVariant', id }],
      '... on ProductVariant { taxCategory { code } price { tax { amount } gross { amount } } }',
    );
    expect(data[0]).toMatchObject({
      taxCategory: null,
      price: { tax: { amount: 0 }, gross: { amount: 1190 } },
    });
    await shop.stop();
  });
});
