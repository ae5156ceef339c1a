import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { createStockLocation as create } from '../../stock/create-stock-location.ts';
import { invalidInputError, stockLocationCodeTakenError } from '../user-errors.ts';

export const createStockLocation: MutationResolvers['createStockLocation'] = async (
  _parent,
  { input },
  context,
) => {
  requireRole(context.call, 'STAFF');
  const outcome = await create(context.em, context, input);
  switch (outcome.kind) {
    case 'created':
      return { __typename: 'StockLocation', ...outcome.location };
    case 'code-taken':
      return stockLocationCodeTakenError(outcome.code);
    case 'invalid-input':
      return invalidInputError(outcome);
  }
};
