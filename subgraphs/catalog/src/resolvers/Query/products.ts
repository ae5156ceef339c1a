import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { listProducts } from '../../product/list-products.ts';

export const products: QueryResolvers['products'] = (_parent, { filter, sort, ...page }, { em, call }) =>
  listProducts(em.getKnex(), call, filter ?? {}, sort, page);
