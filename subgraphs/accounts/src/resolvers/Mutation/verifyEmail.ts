import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { verifyEmail as useToken } from '../../users/verify-email.ts';
import { invalidLink } from '../user-errors.ts';

export const verifyEmail: MutationResolvers['verifyEmail'] = async (_, { input }, context) => {
  const outcome = await useToken(context, input);
  switch (outcome.kind) {
    case 'verified':
      return { __typename: 'EmailVerified', email: outcome.email };
    case 'invalid-token':
      return invalidLink();
  }
};
