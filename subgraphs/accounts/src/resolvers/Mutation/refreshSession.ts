import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { refreshSession as tradeToken } from '../../sessions/refresh-session.ts';
import { invalidRefreshToken, reusedRefreshToken } from '../user-errors.ts';

export const refreshSession: MutationResolvers['refreshSession'] = async (_, { input }, context) => {
  const outcome = await tradeToken(context, input.refreshToken);
  switch (outcome.kind) {
    case 'refreshed':
      return { __typename: 'Session', ...outcome.session };
    case 'invalid-token':
      return invalidRefreshToken();
    case 'reused-token':
      return reusedRefreshToken();
  }
};
