import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { commit } from '../../commit.ts';
import { archivePromotion as archive } from '../../promotion/archive-promotion.ts';
import { existing } from '../../reads.ts';

export const archivePromotion: MutationResolvers['archivePromotion'] = async (
  _parent,
  { input: { promotionId } },
  context,
) => {
  requireRole(context.call, 'STAFF');
  const outcome = await commit(context, (em, occasion) => archive(em, promotionId, occasion));
  switch (outcome.kind) {
    case 'archived': {
      const promotion = await context.reads.promotions.load(promotionId);
      return { __typename: 'Promotion', ...existing(promotion, 'promotion', promotionId) };
    }
    case 'promotion-not-found':
      return {
        __typename: 'PromotionNotFoundError',
        code: 'PROMOTION_NOT_FOUND',
        message: `There is no promotion ${promotionId}`,
        promotionId,
      };
  }
};
