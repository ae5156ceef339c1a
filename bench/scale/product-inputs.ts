import { type DemoProduct, type DemoVariant, demoProducts } from '@stoa/seed';

/** A product to load: what the catalog is told, then prices and stock by stock-keeping unit. */
export interface ProductToLoad {
  /** A CreateProductInput. */
  readonly input: { readonly slug: string } & Readonly<Record<string, unknown>>;
  /** In the order of the input. */
  readonly variants: readonly VariantToLoad[];
}

export interface VariantToLoad {
  readonly sku: string;
  /** In cents, with tax. */
  readonly euros: number;
  /** At the first location. */
  readonly units: number;
}

/**
 * The products after the thousand of the demo shop: copies of these under other names, in the same collections.
 * @param number from 1,001 on
 */
export function productToLoad(number: number): ProductToLoad {
  const { copied, copy } = originOf(number);
  return {
    input: {
      slug: `${copied.slug}-${copy}`,
      name: `${copied.name} ${copy}`,
      description: copied.description,
      images: copied.imageUrls.map((url) => ({ url, alt: copied.name })),
      options: copied.options.map(({ code, name, values }) => ({
        code,
        name,
        values: values.map((value) => ({ code: value.code, name: value.name })),
      })),
      variants: copied.variants.map((variant) => ({
        sku: skuOf(variant, copy),
        weightGrams: variant.weightGrams,
        options: choicesOf(copied, variant),
      })),
      facetValueIds: copied.facetValueIds,
      collectionIds: copied.collectionIds,
      translations: Object.entries(copied.translations).map(([locale, { name, description }]) => ({
        locale,
        name: `${name} ${copy}`,
        description,
      })),
    },
    variants: copied.variants.map((variant) => ({
      sku: skuOf(variant, copy),
      euros: variant.price.EUR,
      units: variant.stock.berlin + variant.stock.leeds,
    })),
  };
}

/** What a product's page is called: of the first thousand as in the demo shop. */
export function slugOfNumber(number: number): string {
  const { copied, copy } = originOf(number);
  return copy === 0 ? copied.slug : `${copied.slug}-${copy}`;
}

function originOf(number: number): { readonly copied: DemoProduct; readonly copy: number } {
  const products = demoProducts();
  const copied = products[(number - 1) % products.length] as DemoProduct;
  return { copied, copy: Math.floor((number - 1) / products.length) };
}

function skuOf({ sku }: DemoVariant, copy: number): string {
  return `${sku}-${copy}`;
}

function choicesOf({ options }: DemoProduct, { optionValueIds }: DemoVariant) {
  return options.flatMap(({ code, values }) =>
    values
      .filter(({ id }) => optionValueIds.includes(id))
      .map((value) => ({ option: code, value: value.code })),
  );
}
