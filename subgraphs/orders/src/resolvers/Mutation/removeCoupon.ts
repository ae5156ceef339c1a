import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { removeCoupon as remove } from '../../cart/remove-coupon.ts';
import { toCartResult } from '../to-result.ts';

export const removeCoupon: MutationResolvers['removeCoupon'] = async (_, { input }, context) =>
  toCartResult(await remove(context, input));
