import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import { promotionChanged } from '../events.ts';
import type { Occasion } from '../occasion.ts';
import { Promotion } from './promotion.entity.ts';

export type ArchivePromotionOutcome =
  | { readonly kind: 'archived' }
  | { readonly kind: 'promotion-not-found' };

/** Takes a promotion back for good, which frees its coupon code. Does nothing the second time. */
export async function archivePromotion(
  em: EntityManager,
  promotionId: string,
  { now, newId, requestId }: Occasion,
): Promise<ArchivePromotionOutcome> {
  const promotion = await em.findOne(Promotion, promotionId, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (promotion === null) return { kind: 'promotion-not-found' };
  if (promotion.archivedAt !== null) return { kind: 'archived' };
  em.assign(promotion, { archivedAt: now, updatedAt: now });
  recordEvent(
    em,
    promotionChanged,
    { id: newId(), aggregateId: promotionId, requestId, occurredAt: now },
    { promotionId, change: 'ARCHIVED' },
  );
  return { kind: 'archived' };
}
