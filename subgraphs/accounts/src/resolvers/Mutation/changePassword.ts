import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changePassword as setPassword } from '../../passwords/change-password.ts';
import { invalidCredentials, tooManyAttempts, weakPassword } from '../user-errors.ts';

export const changePassword: MutationResolvers['changePassword'] = async (_, { input }, context) => {
  const outcome = await setPassword(context, input);
  switch (outcome.kind) {
    case 'changed':
      return { __typename: 'PasswordChanged', endedSessions: outcome.endedSessions };
    case 'invalid-credentials':
      return invalidCredentials('The current password is another one');
    case 'weak-password':
      return weakPassword(outcome.rule);
    case 'too-many-attempts':
      return tooManyAttempts(outcome.retryAfterSeconds);
  }
};
