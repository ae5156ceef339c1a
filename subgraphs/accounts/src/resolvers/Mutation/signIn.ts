import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { claimCart } from '../../sessions/claim-cart.ts';
import { signIn as startSession } from '../../sessions/sign-in.ts';
import { invalidCredentials, tooManyAttempts } from '../user-errors.ts';

export const signIn: MutationResolvers['signIn'] = async (_, { input }, context) => {
  const outcome = await startSession(context, input);
  switch (outcome.kind) {
    case 'signed-in':
      await claimCart(context, input.cartId, outcome.session.user.id);
      return { __typename: 'Session', ...outcome.session };
    case 'invalid-credentials':
      return invalidCredentials();
    case 'too-many-attempts':
      return tooManyAttempts(outcome.retryAfterSeconds);
  }
};
