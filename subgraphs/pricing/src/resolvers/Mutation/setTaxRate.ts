import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { commit } from '../../commit.ts';
import { existing } from '../../reads.ts';
import { setTaxRate as set } from '../../tax/set-tax-rate.ts';
import { invalidInputError, taxCategoryNotFoundError } from '../user-errors.ts';

export const setTaxRate: MutationResolvers['setTaxRate'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const { taxCategoryId } = input;
  const outcome = await commit(context, (em, occasion) => set(em, input, occasion));
  switch (outcome.kind) {
    case 'set': {
      const taxCategory = await context.reads.taxCategories.load(taxCategoryId);
      return { __typename: 'TaxCategory', ...existing(taxCategory, 'tax category', taxCategoryId) };
    }
    case 'category-not-found':
      return taxCategoryNotFoundError(taxCategoryId);
    case 'invalid-input':
      return invalidInputError(outcome);
  }
};
