import type { EntityManager } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import type { Money } from '@stoa/money';
import { promotionChanged } from '../events.ts';
import {
  checkAmount,
  checkName,
  checkRange,
  firstInvalid,
  type InvalidInput,
  invalidInput,
} from '../input/invalid-input.ts';
import type { Occasion } from '../occasion.ts';
import { Promotion } from './promotion.entity.ts';
import { normalizeCouponCode, type PromotionKind } from './promotion.ts';

export interface NewPromotion {
  readonly name: string;
  readonly kind: PromotionKind;
  /** For a percentage: 1000 is 10 %. */
  readonly basisPoints: number | null;
  /** For an amount. */
  readonly amount: Money | null;
  readonly couponCode: string | null;
  readonly minimumSubtotal: Money | null;
  /** Now when null. */
  readonly startsAt: Date | null;
  /** Never when null. */
  readonly endsAt: Date | null;
}

export type CreatePromotionOutcome =
  | { readonly kind: 'created'; readonly promotionId: string }
  | { readonly kind: 'coupon-taken'; readonly couponCode: string }
  | { readonly kind: 'currency-mismatch'; readonly expected: string; readonly found: string }
  | InvalidInput;

/** Makes a promotion, unless one that is not archived has its coupon code. */
export async function createPromotion(
  em: EntityManager,
  promotion: NewPromotion,
  occasion: Occasion,
): Promise<CreatePromotionOutcome> {
  const { now, newId, requestId } = occasion;
  const startsAt = promotion.startsAt ?? now;
  const couponCode = promotion.couponCode === null ? null : normalizeCouponCode(promotion.couponCode);
  const { name, kind, basisPoints, amount, minimumSubtotal, endsAt } = promotion;
  const invalid = firstInvalid(
    checkName('input.name', name),
    checkWhatIsTakenOff(promotion),
    couponCode === null ? null : checkCouponCode(couponCode),
    minimumSubtotal === null ? null : checkAmount('input.minimumSubtotal.amount', minimumSubtotal.amount, 1),
    checkEnd(endsAt, startsAt, now),
  );
  if (invalid !== null) return invalid;
  if (amount !== null && minimumSubtotal !== null && amount.currency !== minimumSubtotal.currency) {
    return { kind: 'currency-mismatch', expected: amount.currency, found: minimumSubtotal.currency };
  }
  if (couponCode !== null && (await em.findOne(Promotion, { couponCode, archivedAt: null })) !== null) {
    return { kind: 'coupon-taken', couponCode };
  }

  const { id } = em.create(Promotion, {
    id: newId(),
    name,
    kind,
    basisPoints,
    amount: amount?.amount ?? null,
    minimumSubtotal: minimumSubtotal?.amount ?? null,
    currency: (amount ?? minimumSubtotal)?.currency ?? null,
    couponCode,
    startsAt,
    endsAt,
    archivedAt: null,
    createdAt: now,
    updatedAt: now,
  });
  recordEvent(
    em,
    promotionChanged,
    { id: newId(), aggregateId: id, requestId, occurredAt: now },
    { promotionId: id, change: 'CREATED' },
  );
  return { kind: 'created', promotionId: id };
}

function checkWhatIsTakenOff({ kind, basisPoints, amount }: NewPromotion): InvalidInput | null {
  if (kind === 'PERCENTAGE') {
    if (amount !== null) return invalidInput('input.amount', 'no amount for a PERCENTAGE', amount);
    if (basisPoints === null) return invalidInput('input.basisPoints', 'a number for a PERCENTAGE', null);
    return checkRange('input.basisPoints', basisPoints, 1, 10_000);
  }
  if (basisPoints !== null)
    return invalidInput('input.basisPoints', 'no basis points for an AMOUNT', basisPoints);
  if (amount === null) return invalidInput('input.amount', 'an amount of money for an AMOUNT', null);
  return checkAmount('input.amount.amount', amount.amount, 1);
}

function checkCouponCode(code: string): InvalidInput | null {
  if (/^[A-Z0-9_-]{3,40}$/.test(code)) return null;
  return invalidInput('input.couponCode', '3 to 40 letters, digits, dashes and underscores', code);
}

function checkEnd(endsAt: Date | null, startsAt: Date, now: Date): InvalidInput | null {
  if (endsAt === null || (endsAt > startsAt && endsAt > now)) return null;
  return invalidInput('input.endsAt', 'a moment after input.startsAt and after now', endsAt);
}
