import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { loadAnew } from '../../context.ts';
import { setUserRoles as giveRoles } from '../../users/set-user-roles.ts';
import { invalidInput, userNotFound } from '../user-errors.ts';

export const setUserRoles: MutationResolvers['setUserRoles'] = async (_, { input }, context) => {
  const outcome = await giveRoles(context, input);
  loadAnew(context);
  switch (outcome.kind) {
    case 'set':
      return { __typename: 'User', ...outcome.user };
    case 'user-not-found':
      return userNotFound(input.userId);
    case 'invalid-input':
      return invalidInput(outcome);
  }
};
