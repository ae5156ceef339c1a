import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

// The subgraphs of the workload, over the data in workload/.

interface Data {
  readonly users: readonly { readonly id: string }[];
  readonly products: readonly { readonly upc: string; readonly price: number; readonly weight: number }[];
  readonly stock: readonly boolean[];
  readonly reviews: readonly { readonly id: string; readonly body: string; readonly product: ByUpc }[];
}

interface ByUpc {
  readonly upc: string;
  readonly price?: number;
  readonly weight?: number;
}

const folder = join(import.meta.dirname, 'workload');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const data = JSON.parse(read('data.json')) as Data;
/** The request body that clients send. */
export const workloadQuery = read('query.json');
export const workloadNames = ['accounts', 'inventory', 'products', 'reviews'] as const;
export const sdlOf = (name: string): string => read(`${name}.graphql`);

const userOf = ({ id }: { id: string }) => data.users.find((user) => user.id === id);
const productOf = ({ upc }: ByUpc) => data.products.find((product) => product.upc === upc);
/** Every review is of the first user, who is told by the first two alone. */
const author = { __typename: 'User', id: '1', username: 'first' };
const reviewOf = ({ id, body, product }: Data['reviews'][number]) => ({
  id,
  body,
  author,
  product: { __typename: 'Product', ...product },
});

const resolvers: Readonly<Record<(typeof workloadNames)[number], object>> = {
  accounts: {
    Query: {
      me: () => data.users[0],
      users: () => data.users,
      user: (_: unknown, by: { id: string }) => userOf(by),
    },
    User: { __resolveReference: userOf },
  },
  inventory: {
    Product: {
      __resolveReference: (product: ByUpc) => ({
        ...product,
        inStock: data.stock[data.products.findIndex(({ upc }) => upc === product.upc)],
      }),
      shippingEstimate: ({ price, weight }: ByUpc) =>
        price === undefined || weight === undefined ? null : price > 1_000 ? 0 : Math.floor(weight * 0.5),
    },
  },
  products: {
    // All of them, whatever `first` says, as in the counts that the workload was published with.
    Query: { topProducts: () => data.products },
    Product: { __resolveReference: productOf },
  },
  reviews: {
    Review: {
      __resolveReference: ({ id }: { id: string }) =>
        data.reviews.filter((review) => review.id === id).map(reviewOf)[0],
    },
    User: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      // Of every user the same two: the answer is to be as long as the public benchmark's.
      reviews: () => data.reviews.slice(0, 2).map(reviewOf),
    },
    Product: {
      __resolveReference: ({ upc }: ByUpc) => ({ upc }),
      reviews: ({ upc }: ByUpc) => data.reviews.filter(({ product }) => product.upc === upc).map(reviewOf),
    },
  },
};

export function workloadSchema(name: (typeof workloadNames)[number]): GraphQLSchema {
  return buildSubgraphSchema({ typeDefs: parse(sdlOf(name)), resolvers: resolvers[name] as never });
}
