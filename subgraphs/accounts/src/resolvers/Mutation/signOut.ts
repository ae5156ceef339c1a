import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { signOut as endSession } from '../../sessions/sign-out.ts';

export const signOut: MutationResolvers['signOut'] = async (_, { input }, context) => ({
  __typename: 'SignedOut',
  endedSessions: await endSession(context, { everywhere: input?.everywhere ?? false }),
});
