import { type DemoProduct, demoCollections, demoFacets, demoProducts, demoTaxCategories } from '@stoa/seed';

/** The demo shop in the forms that the peer imports: a file of products, and the rest as data. */
export interface PeerCatalogue {
  readonly csv: string;
  readonly initialData: unknown;
  readonly collections: readonly {
    readonly name: string;
    readonly slug: string;
    readonly description: string;
    /** From 1, in the order of the file. */
    readonly productNumbers: readonly number[];
  }[];
}

const columns = [
  'name',
  'slug',
  'description',
  'assets',
  'facets',
  'optionGroups',
  'optionValues',
  'sku',
  'price',
  'taxCategory',
  'stockOnHand',
  'trackInventory',
  'variantAssets',
  'variantFacets',
] as const;

export function peerCatalogue(): PeerCatalogue {
  const products = demoProducts();
  return {
    csv: [columns.join(','), ...products.flatMap(linesOf)].join('\n'),
    initialData: {
      defaultLanguage: 'en',
      defaultZone: 'Germany',
      countries: [{ name: 'Germany', code: 'DE', zone: 'Germany' }],
      taxRates: demoTaxCategories().map(({ code, ratesBasisPoints }) => ({
        name: code,
        percentage: ratesBasisPoints.DE / 100,
      })),
      shippingMethods: [{ name: 'Standard', price: 0 }],
      paymentMethods: [
        {
          name: 'Approving card',
          handler: { code: 'dummy-payment-handler', arguments: [{ name: 'automaticSettle', value: 'true' }] },
        },
      ],
      collections: [],
    },
    collections: demoCollections().map(({ id, name, slug, description }) => ({
      name,
      slug,
      description,
      productNumbers: products.flatMap(({ collectionIds }, index) =>
        collectionIds.includes(id) ? [index + 1] : [],
      ),
    })),
  };
}

const facetTexts = new Map(
  demoFacets().flatMap(({ name: facet, values }) =>
    values.map(({ id, name }) => [id, `${facet}:${name}`] as const),
  ),
);

/** A line for each variant; what the product has stands in the first. */
function linesOf(product: DemoProduct): string[] {
  const optionNames = new Map(
    product.options.flatMap(({ values }) => values.map(({ id, name }) => [id, name] as const)),
  );
  const texts = {
    name: product.name,
    slug: product.slug,
    description: product.description,
    facets: product.facetValueIds.map((id) => facetTexts.get(id)).join('|'),
    optionGroups: product.options.map(({ name }) => name).join('|'),
  };
  return product.variants.map((variant, index) => {
    const line: Partial<Record<(typeof columns)[number], string>> = {
      ...(index === 0 ? texts : {}),
      optionValues: variant.optionValueIds.map((id) => optionNames.get(id)).join('|'),
      sku: variant.sku,
      price: (variant.price.EUR / 100).toFixed(2),
      taxCategory: variant.taxCategory,
      stockOnHand: String(variant.stock.berlin + variant.stock.leeds),
      trackInventory: 'true',
    };
    return columns.map((column) => `"${(line[column] ?? '').replaceAll('"', '""')}"`).join(',');
  });
}
