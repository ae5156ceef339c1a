import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { commit } from '../../commit.ts';
import { createPriceList as create } from '../../price-list/create-price-list.ts';
import { existing } from '../../reads.ts';
import { invalidInputError } from '../user-errors.ts';

export const createPriceList: MutationResolvers['createPriceList'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const { taxIncluded: isTaxIncluded, ...terms } = input;
  const outcome = await commit(context, (em, occasion) => create(em, { ...terms, isTaxIncluded }, occasion));
  if (outcome.kind === 'invalid-input') return invalidInputError(outcome);

  const { priceListId } = outcome;
  const priceList = existing(await context.reads.priceLists.load(priceListId), 'price list', priceListId);
  if (outcome.kind === 'created') return { __typename: 'PriceList', ...priceList };
  return {
    __typename: 'PriceListExistsError',
    code: 'PRICE_LIST_EXISTS',
    message: `The price list ${priceList.code} has the ${outcome.field} ${priceList[outcome.field]}`,
    field: `input.${outcome.field}`,
    priceList,
  };
};
