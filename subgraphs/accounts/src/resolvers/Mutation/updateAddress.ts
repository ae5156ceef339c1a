import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { updateAddress as changeAddress } from '../../addresses/update-address.ts';
import { loadAnew } from '../../context.ts';
import { addressNotFound, invalidInput } from '../user-errors.ts';

export const updateAddress: MutationResolvers['updateAddress'] = async (
  _,
  { input: { id, ...change } },
  context,
) => {
  const outcome = await changeAddress(context, id, change);
  loadAnew(context);
  switch (outcome.kind) {
    case 'updated':
      return { __typename: 'Address', ...outcome.address };
    case 'address-not-found':
      return addressNotFound(id);
    case 'invalid-input':
      return invalidInput(outcome);
  }
};
