import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { applyCoupon as apply } from '../../cart/apply-coupon.ts';
import { toCartResult } from '../to-result.ts';

export const applyCoupon: MutationResolvers['applyCoupon'] = async (_, { input }, context) =>
  toCartResult(await apply(context, input));
