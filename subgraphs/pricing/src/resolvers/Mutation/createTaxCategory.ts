import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { commit } from '../../commit.ts';
import { existing } from '../../reads.ts';
import { createTaxCategory as create } from '../../tax/create-tax-category.ts';
import { invalidInputError } from '../user-errors.ts';

export const createTaxCategory: MutationResolvers['createTaxCategory'] = async (
  _parent,
  { input },
  context,
) => {
  requireRole(context.call, 'STAFF');
  const outcome = await commit(context, (em, occasion) => create(em, input, occasion));
  if (outcome.kind === 'invalid-input') return invalidInputError(outcome);

  const { taxCategoryId } = outcome;
  const taxCategory = existing(
    await context.reads.taxCategories.load(taxCategoryId),
    'tax category',
    taxCategoryId,
  );
  if (outcome.kind === 'created') return { __typename: 'TaxCategory', ...taxCategory };
  return {
    __typename: 'TaxCategoryExistsError',
    code: 'TAX_CATEGORY_EXISTS',
    message: `A tax category has the code ${taxCategory.code}`,
    taxCategory,
  };
};
