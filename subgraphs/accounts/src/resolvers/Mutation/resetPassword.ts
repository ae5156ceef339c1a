import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { resetPassword as setPassword } from '../../passwords/reset-password.ts';
import { invalidLink, weakPassword } from '../user-errors.ts';

export const resetPassword: MutationResolvers['resetPassword'] = async (_, { input }, context) => {
  const outcome = await setPassword(context, input);
  switch (outcome.kind) {
    case 'changed':
      return { __typename: 'PasswordChanged', endedSessions: outcome.endedSessions };
    case 'invalid-token':
      return invalidLink();
    case 'weak-password':
      return weakPassword(outcome.rule);
  }
};
