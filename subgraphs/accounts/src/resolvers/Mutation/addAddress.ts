import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { addAddress as addToBook } from '../../addresses/add-address.ts';
import { loadAnew } from '../../context.ts';
import { invalidInput, tooManyAddresses } from '../user-errors.ts';

export const addAddress: MutationResolvers['addAddress'] = async (_, { input }, context) => {
  const outcome = await addToBook(context, input);
  loadAnew(context);
  switch (outcome.kind) {
    case 'added':
      return { __typename: 'Address', ...outcome.address };
    case 'too-many-addresses':
      return tooManyAddresses();
    case 'invalid-input':
      return invalidInput(outcome);
  }
};
