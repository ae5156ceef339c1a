export type PromotionKind = 'PERCENTAGE' | 'AMOUNT';

export type PromotionState = 'SCHEDULED' | 'ACTIVE' | 'ENDED' | 'ARCHIVED';

/** A promotion as it is read. */
export interface PromotionRecord {
  readonly id: string;
  readonly name: string;
  readonly kind: PromotionKind;
  /** Of a percentage: 1000 is 10 %. */
  readonly basisPoints: number | null;
  /** Of an amount, in minor units. */
  readonly amount: number | null;
  /** In minor units. */
  readonly minimumSubtotal: number | null;
  /** Of the amount and of the minimum; null when there is neither. */
  readonly currency: string | null;
  /** In capitals; null for a promotion that needs none. */
  readonly couponCode: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
  readonly version: number;
}

/** Where a promotion is in its life. The start belongs to its time, the end does not. */
export function promotionState(
  { startsAt, endsAt, archivedAt }: Pick<PromotionRecord, 'startsAt' | 'endsAt' | 'archivedAt'>,
  now: Date,
): PromotionState {
  if (archivedAt !== null) return 'ARCHIVED';
  if (now < startsAt) return 'SCHEDULED';
  return endsAt !== null && now >= endsAt ? 'ENDED' : 'ACTIVE';
}

/** The one form of a coupon code, whichever way the buyer typed it. */
export function normalizeCouponCode(code: string): string {
  return code.trim().toUpperCase();
}
