import { Failure } from '@stoa/errors';
import type { ListedPrice } from '../price/find-listed-prices.ts';
import { taxedPrice } from '../price/taxed-price.ts';
import { type AppliedDiscount, applyPromotions, type PromotionTerms } from '../promotion/apply-promotions.ts';
import { normalizeCouponCode } from '../promotion/promotion.ts';
import { rateOf, type TaxTable } from '../tax/tax-table.ts';
import { sumTaxed, type TaxedAmount, withTax } from '../tax/with-tax.ts';

/** What is to be priced. All lines are of one price list. */
export interface Order {
  readonly lines: readonly { readonly price: ListedPrice; readonly quantity: number }[];
  /** ISO 4217: the list's. */
  readonly currency: string;
  /** Whether the list's amounts are gross. */
  readonly isTaxIncluded: boolean;
  readonly taxes: TaxTable;
  /** Those that are active and whose coupon, if they need one, was given. */
  readonly promotions: readonly PromotionTerms[];
  /** As the buyer typed them. */
  readonly couponCodes: readonly string[];
}

export interface QuotedLine {
  readonly variantId: string;
  readonly quantity: number;
  /** Of one unit: the price that the buyer is shown. */
  readonly unit: TaxedAmount;
  /** Quantity times the listed amount, its tax rounded once. */
  readonly subtotal: TaxedAmount;
  /** The same less the line's share of the discounts, its tax rounded once. */
  readonly total: TaxedAmount;
  readonly rateBasisPoints: number;
}

export interface Quote {
  /** In the order's order. */
  readonly lines: readonly QuotedLine[];
  /** Gross or net as the list is. */
  readonly discounts: readonly AppliedDiscount[];
  /** As the buyer typed them: those that took nothing off. */
  readonly rejectedCouponCodes: readonly string[];
  /** The sum of the lines' subtotals. */
  readonly subtotal: TaxedAmount;
  /** The sum of the lines' totals: what is paid. */
  readonly total: TaxedAmount;
}

/**
 * Prices an order. Discounts are taken off the listed amounts first; tax is then told of each line's
 * total and rounded there, once, half up (`withTax`). The order's figures are sums of its lines', so
 * that they agree to the cent.
 * @throws {Failure} bad-input AMOUNT_OUT_OF_RANGE for an order worth more than 2^53 - 1 minor units
 */
export function quote(order: Order): Quote {
  const { currency, isTaxIncluded, taxes, promotions, couponCodes } = order;
  const listed = order.lines.map(({ price, quantity }) => {
    const rateBasisPoints = rateOf(taxes, price.taxCategoryId);
    const amount = price.amount * quantity;
    return {
      price,
      quantity,
      rateBasisPoints,
      amount,
      subtotal: withTax(amount, rateBasisPoints, isTaxIncluded),
    };
  });
  const subtotal = sumTaxed(listed.map((line) => line.subtotal));
  assertInRange(subtotal);

  const { remaining, discounts } = applyPromotions(
    listed.map(({ amount }) => amount),
    promotions,
    currency,
  );
  const lines = listed.map(({ price, quantity, rateBasisPoints, subtotal }, index) => ({
    variantId: price.variantId,
    quantity,
    unit: taxedPrice(price, taxes),
    subtotal,
    total: withTax(remaining[index] ?? 0, rateBasisPoints, isTaxIncluded),
    rateBasisPoints,
  }));
  const used = new Set(discounts.map(({ promotion }) => promotion.couponCode));
  return {
    lines,
    discounts,
    rejectedCouponCodes: [...new Set(couponCodes)].filter((code) => !used.has(normalizeCouponCode(code))),
    subtotal,
    total: sumTaxed(lines.map(({ total }) => total)),
  };
}

function assertInRange({ gross }: TaxedAmount): void {
  if (Number.isSafeInteger(gross)) return;
  throw new Failure(
    'bad-input',
    `Expected an order of at most ${Number.MAX_SAFE_INTEGER} minor units, found about ${gross}`,
    { code: 'AMOUNT_OUT_OF_RANGE' },
  );
}
