import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { removeAddress as removeFromBook } from '../../addresses/remove-address.ts';
import { loadAnew } from '../../context.ts';
import { addressNotFound } from '../user-errors.ts';

export const removeAddress: MutationResolvers['removeAddress'] = async (_, { input }, context) => {
  const isRemoved = await removeFromBook(context, input);
  loadAnew(context);
  return isRemoved ? { __typename: 'AddressRemoved', id: input.id } : addressNotFound(input.id);
};
