import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { updateProfile as changeProfile } from '../../users/update-profile.ts';
import { invalidInput } from '../user-errors.ts';

export const updateProfile: MutationResolvers['updateProfile'] = async (_, { input }, context) => {
  const outcome = await changeProfile(context, input);
  return outcome.kind === 'updated' ? { __typename: 'User', ...outcome.user } : invalidInput(outcome);
};
