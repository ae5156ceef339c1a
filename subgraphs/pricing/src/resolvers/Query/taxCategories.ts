import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { findTaxCategories } from '../../tax/find-tax-categories.ts';

export const taxCategories: QueryResolvers['taxCategories'] = async (_parent, _args, { em }) => [
  ...(await findTaxCategories(em)),
];
