import { describe, expect, it } from 'vitest';
import { demoCollections, demoFacets, demoProducts } from './index.ts';

const products = demoProducts();
const variants = products.flatMap((product) => product.variants);

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

describe('the products', () => {
  it('are a thousand, with five variants each', () => {
    expect(products).toHaveLength(1000);
    expect(products.filter((product) => product.variants.length !== 5)).toEqual([]);
  });

  it('have slugs and names of their own, in each language', () => {
    expect(repeated(products.map((product) => product.slug))).toEqual([]);
    expect(repeated(products.map((product) => product.name))).toEqual([]);
    expect(repeated(products.map((product) => product.translations.de.name))).toEqual([]);
    expect(repeated(products.map((product) => product.translations.fr.name))).toEqual([]);
  });

  it('have slugs that read as the name and end in the serial number', () => {
    const wrong = products.filter(({ slug, name }, index) => {
      const serial = String(index + 1).padStart(4, '0');
      return slug !== `${name.toLowerCase().replaceAll(' ', '-')}-${serial}`;
    });
    expect(wrong).toEqual([]);
    expect(products.filter(({ slug }) => !/^[a-z]+(-[a-z]+)*-\d{4}$/.test(slug))).toEqual([]);
  });

  it('name material and style in the grammar of each language', () => {
    const shirt = products.find((product) => product.name === 'Linen Summer Shirt');
    expect(shirt?.translations.de.name).toBe('Sommerhemd aus Leinen');
    expect(shirt?.translations.fr.name).toBe('Chemise d’été en lin');
  });

  it('describe themselves in each language, each differently', () => {
    const texts = products.map(({ description, translations }) => [
      description,
      translations.de.description,
      translations.fr.description,
    ]);
    expect(texts.filter((all) => all.some((text) => text.length < 40) || new Set(all).size < 3)).toEqual([]);
  });

  it('show two pictures, found by slug', () => {
    const wrong = products.filter(
      ({ slug, imageUrls }) =>
        imageUrls.join() !==
        `https://images.stoa.example/${slug}/1.jpg,https://images.stoa.example/${slug}/2.jpg`,
    );
    expect(wrong).toEqual([]);
  });
});

describe('what the products refer to', () => {
  it('is a collection that exists, for one or two collections each', () => {
    const known = new Set(demoCollections().map((collection) => collection.id));
    const wrong = products.filter(
      ({ collectionIds }) =>
        collectionIds.length < 1 ||
        collectionIds.length > 2 ||
        new Set(collectionIds).size < collectionIds.length ||
        !collectionIds.every((id) => known.has(id)),
    );
    expect(wrong).toEqual([]);
  });

  it('leaves no collection with fewer than fifty products', () => {
    const thin = demoCollections().filter(
      ({ id }) => products.filter((product) => product.collectionIds.includes(id)).length < 50,
    );
    expect(thin).toEqual([]);
  });

  it('is a facet value that exists, for two to four values each', () => {
    const known = new Set(demoFacets().flatMap((facet) => facet.values.map((value) => value.id)));
    const wrong = products.filter(
      ({ facetValueIds }) =>
        facetValueIds.length < 2 ||
        facetValueIds.length > 4 ||
        new Set(facetValueIds).size < facetValueIds.length ||
        !facetValueIds.every((id) => known.has(id)),
    );
    expect(wrong).toEqual([]);
  });

  it('leaves no facet value unused', () => {
    const used = new Set(products.flatMap((product) => product.facetValueIds));
    const unused = demoFacets().flatMap((facet) => facet.values.filter((value) => !used.has(value.id)));
    expect(unused).toEqual([]);
  });
});

describe('the variants', () => {
  it('belong to the product that holds them', () => {
    const wrong = products.filter(({ id, variants }) => variants.some((variant) => variant.productId !== id));
    expect(wrong).toEqual([]);
  });

  it('take one value of each option of their product, in the order of the options', () => {
    const wrong = products.filter(({ options, variants }) =>
      variants.some(
        ({ optionValueIds }) =>
          optionValueIds.length !== options.length ||
          !options.every((option, index) =>
            option.values.some((value) => value.id === optionValueIds[index]),
          ),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('differ from each other, and together use every option value', () => {
    const wrong = products.filter(({ options, variants }) => {
      const combinations = new Set(variants.map((variant) => variant.optionValueIds.join()));
      const used = new Set(variants.flatMap((variant) => variant.optionValueIds));
      return (
        combinations.size !== 5 ||
        options.some((option) => option.values.some((value) => !used.has(value.id)))
      );
    });
    expect(wrong).toEqual([]);
  });

  it('have options and values with codes of their own within a product', () => {
    const wrong = products.filter(({ options }) =>
      [options, ...options.map((option) => option.values)].some(
        (siblings) => repeated(siblings.map((sibling) => sibling.code)).length > 0,
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('are named after the product and the chosen values', () => {
    const wrong = products.filter(({ name, options, variants }) => {
      const names = new Map(
        options.flatMap(({ values }) => values.map((value) => [value.id, value.name] as const)),
      );
      return variants.some(
        (variant) =>
          variant.name !== [name, ...variant.optionValueIds.map((valueId) => names.get(valueId))].join(', '),
      );
    });
    expect(wrong).toEqual([]);
  });

  it('have skus of their own, such as LIN-SHIRT-0241-M-BRY', () => {
    expect(repeated(variants.map((variant) => variant.sku))).toEqual([]);
    const skuPattern = /^[A-Z]{3}-[A-Z]{3,6}-\d{4}(-[A-Z0-9]{1,7}){1,2}$/;
    expect(variants.map((variant) => variant.sku).filter((sku) => !skuPattern.test(sku))).toEqual([]);
  });

  it('carry the serial number of their product in the sku', () => {
    const wrong = products.filter(({ slug, variants }) =>
      variants.some((variant) => variant.sku.split('-')[2] !== slug.slice(-4)),
    );
    expect(wrong).toEqual([]);
  });

  it('weigh something, and less than what one person can carry', () => {
    const wrong = variants.filter(
      ({ weightGrams }) => !Number.isInteger(weightGrams) || weightGrams < 5 || weightGrams > 25_000,
    );
    expect(wrong).toEqual([]);
  });
});
