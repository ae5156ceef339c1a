import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { commit } from '../../commit.ts';
import { setPrices as set } from '../../price/set-prices.ts';
import { existing } from '../../reads.ts';
import {
  currencyMismatchError,
  invalidInputError,
  priceListNotFoundError,
  stalePriceError,
} from '../user-errors.ts';

export const setPrices: MutationResolvers['setPrices'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const list = { id: input.priceListId };
  const prices = input.prices.map((price, index) => ({ ...price, field: `input.prices.${index}` }));
  const outcome = await commit(context, (em, occasion) => set(em, list, prices, occasion));
  switch (outcome.kind) {
    case 'set': {
      const { reads } = context;
      const { priceListId } = outcome;
      const [priceList, ...written] = await Promise.all([
        reads.priceLists.load(priceListId),
        ...prices.map(({ variantId }) => reads.prices(priceListId).load(variantId)),
      ]);
      return {
        __typename: 'PricesSet',
        priceList: existing(priceList, 'price list', priceListId),
        prices: written.map((price) => existing(price, 'price in the list', priceListId)),
      };
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
