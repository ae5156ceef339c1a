import { demoProducts } from '@stoa/seed';
import { byText, type Page, type Question } from './question.ts';

export const productPageDocument = /* GraphQL */ `
  query ProductPage($slug: String!) {
    product(slug: $slug) {
      id
      slug
      name
      description
      variants {
        id
        sku
        name
        options {
          name
        }
        price {
          gross {
            amount
            currency
          }
        }
        availability {
          inStock
        }
      }
      collections {
        name
        slug
      }
      facetValues {
        name
      }
    }
  }
`;

const peersDocument = /* GraphQL */ `
  query ProductPage($slug: String!) {
    product(slug: $slug) {
      id
      slug
      name
      description
      variants {
        id
        sku
        name
        options {
          name
        }
        priceWithTax
        currencyCode
        stockLevel
      }
      collections {
        name
        slug
      }
      facetValues {
        name
      }
    }
  }
`;

interface Named {
  readonly name: string;
}

interface Variant extends Named {
  readonly sku: string;
  readonly options: readonly Named[];
}

interface Product<V extends Variant> extends Named {
  readonly slug: string;
  readonly description: string;
  readonly variants: readonly V[];
  readonly collections: readonly (Named & { readonly slug: string })[];
  readonly facetValues: readonly Named[];
}

type OurVariant = Variant & {
  readonly price: { readonly gross: { readonly amount: number; readonly currency: string } };
  readonly availability: { readonly inStock: boolean };
};

type PeersVariant = Variant & {
  readonly priceWithTax: number;
  readonly currencyCode: string;
  readonly stockLevel: string;
};

export const productPage: Page = {
  title: 'product page',
  ours: question<OurVariant>(productPageDocument, ({ price, availability }) => ({
    ...price.gross,
    inStock: availability.inStock,
  })),
  peers: question<PeersVariant>(peersDocument, ({ priceWithTax, currencyCode, stockLevel }) => ({
    amount: priceWithTax,
    currency: currencyCode,
    inStock: stockLevel !== 'OUT_OF_STOCK',
  })),
};

/** @param sale what a variant costs, and whether it can be had */
function question<V extends Variant>(query: string, sale: (variant: V) => object): Question {
  return {
    bodies: async () => slugs().map((slug) => JSON.stringify({ query, variables: { slug } })),
    normalised({ product }: { product: Product<V> }) {
      const { slug, name, description } = product;
      return {
        slug,
        name,
        description,
        variants: product.variants
          .map((variant) => ({
            sku: variant.sku,
            // One calls it "M, Sage", the other "Denim Summer Overshirt M Sage".
            name: variant.name.replace(name, '').replaceAll(',', '').trim(),
            // The peer gives them in no order.
            options: variant.options.map((option) => option.name).sort(byText),
            ...sale(variant),
          }))
          .sort((one, other) => byText(one.sku, other.sku)),
        collections: product.collections
          .map((collection) => ({ slug: collection.slug, name: collection.name }))
          .sort((one, other) => byText(one.slug, other.slug)),
        facetValues: product.facetValues.map((value) => value.name).sort(byText),
      };
    },
  };
}

/** All products, so that neighbours in the database are not asked for one after the other. */
function slugs(): readonly string[] {
  const products = demoProducts();
  return products.map((_, index) => products[(index * 377) % products.length]?.slug ?? '');
}
