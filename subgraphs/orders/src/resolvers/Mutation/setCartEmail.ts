import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { setEmail } from '../../cart/set-email.ts';
import { toCartResult } from '../to-result.ts';

export const setCartEmail: MutationResolvers['setCartEmail'] = async (_, { input }, context) =>
  toCartResult(await setEmail(context, input));
