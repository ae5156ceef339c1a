import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { commit } from '../../commit.ts';
import { createPromotion as create, type NewPromotion } from '../../promotion/create-promotion.ts';
import { existing } from '../../reads.ts';
import { currencyMismatchError, invalidInputError } from '../user-errors.ts';

export const createPromotion: MutationResolvers['createPromotion'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const promotion: NewPromotion = {
    name: input.name,
    kind: input.kind,
    basisPoints: input.basisPoints ?? null,
    amount: input.amount ?? null,
    couponCode: input.couponCode ?? null,
    minimumSubtotal: input.minimumSubtotal ?? null,
    startsAt: input.startsAt ?? null,
    endsAt: input.endsAt ?? null,
  };
  const outcome = await commit(context, (em, occasion) => create(em, promotion, occasion));
  switch (outcome.kind) {
    case 'created': {
      const { promotionId } = outcome;
      const created = await context.reads.promotions.load(promotionId);
      return { __typename: 'Promotion', ...existing(created, 'promotion', promotionId) };
    }
    case 'coupon-taken':
      return {
        __typename: 'CouponTakenError',
        code: 'COUPON_TAKEN',
        message: `Another promotion has the coupon code ${outcome.couponCode}: archive it, or choose another code`,
        couponCode: outcome.couponCode,
      };
    case 'currency-mismatch':
      return currencyMismatchError({ ...outcome, field: 'input.minimumSubtotal' });
    case 'invalid-input':
      return invalidInputError(outcome);
  }
};
