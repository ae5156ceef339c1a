import { hasRole } from '@stoa/identity';
import type { PromotionResolvers } from '../__generated__/resolvers-types.ts';
import { promotionState } from '../promotion/promotion.ts';

const moneyOf = (amount: number | null, currency: string | null) =>
  amount === null || currency === null ? null : { amount, currency };

export const Promotion: PromotionResolvers = {
  // Null for others than staff, as for a promotion that does not exist: a coupon code is not to be found out.
  __resolveReference: ({ id }, { call, reads }) =>
    hasRole(call.viewer, 'STAFF') ? reads.promotions.load(id) : null,
  amount: ({ amount, currency }) => moneyOf(amount, currency),
  minimumSubtotal: ({ minimumSubtotal, currency }) => moneyOf(minimumSubtotal, currency),
  state: (promotion, _args, { clock }) => promotionState(promotion, clock.now()),
};
