import { Failure } from '@stoa/errors';
import { allocate } from '@stoa/money';
import type { pricingRpc } from '@stoa/pricing/rpc';
import type { RpcClient } from '@stoa/rpc';
import type { Discount } from '../order/order.entity.ts';

/** In minor units; gross is net plus tax. */
export interface TaxedAmount {
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
}

export interface QuotedLine {
  readonly variantId: string;
  /** Of one, before discounts. */
  readonly unit: TaxedAmount;
  /** Of the line, before discounts. */
  readonly subtotal: TaxedAmount;
  /** Of the line, after its share of the discounts. */
  readonly total: TaxedAmount;
  /** Basis points. */
  readonly taxRate: number;
}

/** What lines cost as of now. */
export interface Quote {
  readonly lines: ReadonlyMap<string, QuotedLine>;
  readonly unpricedVariantIds: readonly string[];
  /** With tax: subtotal.gross less these is total.gross. */
  readonly discounts: readonly Discount[];
  readonly rejectedCouponCodes: readonly string[];
  readonly subtotal: TaxedAmount;
  readonly total: TaxedAmount;
}

export interface QuoteQuestion {
  readonly currency: string;
  /** ISO 3166-1 alpha-2; null when not known yet. */
  readonly country: string | null;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
  readonly couponCodes: readonly string[];
}

/**
 * Asks pricing what lines cost, each variant once among them. In a currency that pricing does not know nothing has
 * a price.
 * @throws {Failure} unavailable when pricing does not answer
 */
export async function askForQuote(
  pricing: RpcClient<(typeof pricingRpc)['service']>,
  { currency, country, lines, couponCodes }: QuoteQuestion,
): Promise<Quote> {
  try {
    const answer = await pricing.quote({
      currency,
      country: country ?? '',
      lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
      couponCodes: [...couponCodes],
    });
    const subtotal = toAmount(answer.subtotal);
    const total = toAmount(answer.total);
    return {
      lines: new Map(
        answer.lines.map((line) => [
          line.variantId,
          {
            variantId: line.variantId,
            unit: toAmount(line.unit),
            subtotal: toAmount(line.subtotal),
            total: toAmount(line.total),
            taxRate: line.taxRate,
          },
        ]),
      ),
      unpricedVariantIds: answer.unpricedVariantIds,
      discounts: withTax(answer.discounts, subtotal.gross - total.gross),
      rejectedCouponCodes: answer.rejectedCouponCodes,
      subtotal,
      total,
    };
  } catch (error) {
    if (error instanceof Failure && error.code === 'UNKNOWN_CURRENCY') return nothingPriced(lines);
    throw error;
  }
}

interface QuotedDiscount {
  readonly name: string;
  readonly couponCode: string;
  readonly amount: bigint;
}

/** A price list that is net states its discounts net: what each takes off with tax is its share of the whole difference. */
function withTax(discounts: readonly QuotedDiscount[], difference: number): Discount[] {
  const shares = allocate(
    difference,
    discounts.map(({ amount }) => Number(amount)),
  );
  return discounts.map(({ name, couponCode }, index) => ({
    name,
    couponCode: couponCode === '' ? null : couponCode,
    amount: shares[index] ?? 0,
  }));
}

const nothing: TaxedAmount = { net: 0, tax: 0, gross: 0 };

function nothingPriced(lines: QuoteQuestion['lines']): Quote {
  return {
    lines: new Map(),
    unpricedVariantIds: lines.map(({ variantId }) => variantId),
    discounts: [],
    rejectedCouponCodes: [],
    subtotal: nothing,
    total: nothing,
  };
}

function toAmount(amount: { net: bigint; tax: bigint; gross: bigint } | undefined): TaxedAmount {
  if (amount === undefined) return nothing;
  return { net: Number(amount.net), tax: Number(amount.tax), gross: Number(amount.gross) };
}
