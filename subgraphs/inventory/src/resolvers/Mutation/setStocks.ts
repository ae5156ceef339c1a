import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { setStocks as set } from '../../stock/set-stock.ts';
import { setStockResult } from '../set-stock-result.ts';
import { invalidInputError } from '../user-errors.ts';

export const setStocks: MutationResolvers['setStocks'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const outcome = await set(context, input.counts);
  if (outcome.kind === 'invalid-input') return invalidInputError(outcome);
  return { __typename: 'StocksSet', results: outcome.outcomes.map(setStockResult) };
};
