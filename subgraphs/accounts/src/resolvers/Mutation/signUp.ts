import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { claimCart } from '../../sessions/claim-cart.ts';
import { signUp as makeAccount } from '../../users/sign-up.ts';
import { emailTaken, invalidInput, weakPassword } from '../user-errors.ts';

export const signUp: MutationResolvers['signUp'] = async (_, { input }, context) => {
  const outcome = await makeAccount(context, input);
  switch (outcome.kind) {
    case 'signed-up':
      await claimCart(context, input.cartId, outcome.session.user.id);
      return { __typename: 'Session', ...outcome.session };
    case 'email-taken':
      return emailTaken(input.email);
    case 'weak-password':
      return weakPassword(outcome.rule);
    case 'invalid-input':
      return invalidInput(outcome);
  }
};
