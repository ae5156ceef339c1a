import type { Send } from '../../e2e/client.ts';
import { byText, type Page, type Question } from './question.ts';

const pageSize = 24;

/** Whole pages of the thousand products. */
const pageCount = 41;

/** A page of 24 products, oldest first unless told otherwise. */
export const listPageDocument = /* GraphQL */ `
  query ListPage($after: String, $sort: ProductSort! = OLDEST) {
    products(first: ${pageSize}, after: $after, sort: $sort) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        slug
        name
        variants {
          sku
          price {
            gross {
              amount
            }
          }
          availability {
            inStock
          }
        }
      }
    }
  }
`;

const peersDocument = /* GraphQL */ `
  query ListPage($skip: Int!) {
    products(options: { take: ${pageSize}, skip: $skip, sort: { id: ASC } }) {
      totalItems
      items {
        slug
        name
        variants {
          sku
          priceWithTax
          stockLevel
        }
      }
    }
  }
`;

interface Variant {
  readonly sku: string;
}

interface Product<V extends Variant> {
  readonly slug: string;
  readonly name: string;
  readonly variants: readonly V[];
}

type OurVariant = Variant & {
  readonly price: { readonly gross: { readonly amount: number } };
  readonly availability: { readonly inStock: boolean };
};

type PeersVariant = Variant & { readonly priceWithTax: number; readonly stockLevel: string };

/** The first half of the list, and the second: to some peers a page costs more, the deeper it lies. */
export const listPages: readonly Page[] = [
  listPage('list page, first half', 0, Math.floor(pageCount / 2)),
  listPage('list page, second half', Math.floor(pageCount / 2), pageCount),
];

function listPage(title: string, from: number, to: number): Page {
  const numbers = Array.from({ length: to - from }, (_, index) => from + ((index * 7) % (to - from)));
  const ours: Question = {
    async bodies(send) {
      const cursors = await readCursors(send);
      return numbers.map((page) =>
        JSON.stringify({ query: listPageDocument, variables: { after: cursors[page] } }),
      );
    },
    normalised: (data: { products: { nodes: readonly Product<OurVariant>[] } }) =>
      normalised(data.products.nodes, ({ price, availability }) => ({
        amount: price.gross.amount,
        inStock: availability.inStock,
      })),
  };
  const peers: Question = {
    bodies: async () =>
      numbers.map((page) => JSON.stringify({ query: peersDocument, variables: { skip: page * pageSize } })),
    normalised: (data: { products: { items: readonly Product<PeersVariant>[] } }) =>
      normalised(data.products.items, ({ priceWithTax, stockLevel }) => ({
        amount: priceWithTax,
        inStock: stockLevel !== 'OUT_OF_STOCK',
      })),
  };
  return { title, ours, peers };
}

function normalised<V extends Variant>(
  products: readonly Product<V>[],
  sale: (variant: V) => object,
): unknown {
  return products.map(({ slug, name, variants }) => ({
    slug,
    name,
    variants: variants
      .map((variant) => ({ sku: variant.sku, ...sale(variant) }))
      .sort((one, other) => byText(one.sku, other.sku)),
  }));
}

/** Where each page begins, as whoever leafs through them learns it. */
async function readCursors(send: Send): Promise<readonly (string | null)[]> {
  const cursors: (string | null)[] = [null];
  while (cursors.length < pageCount) {
    const { data } = await send(listPageDocument, { after: cursors.at(-1) });
    cursors.push(data.products.pageInfo.endCursor);
  }
  return cursors;
}
