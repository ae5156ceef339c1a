import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { commit } from '../../commit.ts';
import { setPrices } from '../../price/set-prices.ts';
import { existing } from '../../reads.ts';
import {
  currencyMismatchError,
  invalidInputError,
  priceListNotFoundError,
  stalePriceError,
} from '../user-errors.ts';

export const setPrice: MutationResolvers['setPrice'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const { priceListId, variantId } = input;
  const list =
    priceListId === null || priceListId === undefined
      ? { currency: input.amount.currency }
      : { id: priceListId };
  const outcome = await commit(context, (em, occasion) =>
    setPrices(em, list, [{ ...input, field: 'input' }], occasion),
  );
  switch (outcome.kind) {
    case 'set': {
      const price = await context.reads.prices(outcome.priceListId).load(variantId);
      return { __typename: 'Price', ...existing(price, 'price of the variant', variantId) };
    }
    case 'list-not-found':
      return priceListNotFoundError(list);
    case 'currency-mismatch':
      return currencyMismatchError(outcome);
    case 'stale':
      return stalePriceError(outcome);
    case 'invalid-input':
      return invalidInputError(outcome);
  }
};
