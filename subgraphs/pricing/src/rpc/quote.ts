import type { MessageInitShape } from '@bufbuild/protobuf';
import type { EntityManager } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { isCurrencyCode } from '@stoa/money';
import type { QuoteRequest, QuoteResponseSchema } from '../__generated__/pricing/v1/pricing_pb.js';
import type { Context } from '../context.ts';
import { findListedPrices } from '../price/find-listed-prices.ts';
import { findPriceLists, type PriceListRecord } from '../price-list/find-price-lists.ts';
import { findActivePromotions } from '../promotion/find-promotions.ts';
import { normalizeCouponCode } from '../promotion/promotion.ts';
import { quote as quoteOrder } from '../quote/quote.ts';
import { isCountryCode } from '../tax/country-code.ts';
import { findTaxTable } from '../tax/tax-table.ts';
import type { TaxedAmount } from '../tax/with-tax.ts';

const maximumLines = 500;
const maximumCouponCodes = 20;

/**
 * PricingService.Quote: what the lines cost now, in three queries however many they are. Any caller of
 * the system may ask, for a guest too: prices are no secret.
 * @throws {Failure} bad-input INVALID_QUANTITY, INVALID_COUNTRY, UNKNOWN_CURRENCY, TOO_MANY_LINES,
 *   TOO_MANY_COUPONS or AMOUNT_OUT_OF_RANGE
 */
export async function quote(
  request: QuoteRequest,
  { em, clock }: Context,
): Promise<MessageInitShape<typeof QuoteResponseSchema>> {
  checkRequest(request);
  const variantIds = [...new Set(request.lines.map(({ variantId }) => variantId))];
  const couponCodes = [...new Set(request.couponCodes.map(normalizeCouponCode))];
  const prices = await findListedPrices(em, variantIds, request.currency);
  // A price tells the terms of its list, which is asked for where nothing has a price.
  const list = prices[0] ?? (await findListOf(em, request.currency));
  const [taxes, promotions] = await Promise.all([
    findTaxTable(em, request.country === '' ? list.country : request.country),
    findActivePromotions(em, couponCodes, clock.now()),
  ]);

  const priceOf = new Map(prices.map((price) => [price.variantId, price]));
  const quoted = quoteOrder({
    lines: request.lines.flatMap(({ variantId, quantity }) => {
      const price = priceOf.get(variantId);
      return price === undefined ? [] : [{ price, quantity }];
    }),
    currency: list.currency,
    isTaxIncluded: list.isTaxIncluded,
    taxes,
    promotions,
    couponCodes: request.couponCodes,
  });
  return {
    lines: quoted.lines.map(({ variantId, quantity, unit, subtotal, total, rateBasisPoints }) => ({
      variantId,
      quantity,
      unit: toMessage(unit),
      subtotal: toMessage(subtotal),
      total: toMessage(total),
      taxRate: rateBasisPoints,
    })),
    unpricedVariantIds: variantIds.filter((variantId) => !priceOf.has(variantId)),
    discounts: quoted.discounts.map(({ promotion, amount }) => ({
      promotionId: promotion.id,
      name: promotion.name,
      couponCode: promotion.couponCode ?? '',
      amount: BigInt(amount),
    })),
    rejectedCouponCodes: [...quoted.rejectedCouponCodes],
    subtotal: toMessage(quoted.subtotal),
    total: toMessage(quoted.total),
  };
}

function checkRequest({ currency, country, lines, couponCodes }: QuoteRequest): void {
  if (!isCurrencyCode(currency)) {
    throw refuse('UNKNOWN_CURRENCY', 'an ISO 4217 currency code such as EUR', currency);
  }
  if (country !== '' && !isCountryCode(country)) {
    throw refuse('INVALID_COUNTRY', 'an ISO 3166-1 alpha-2 country code such as DE, or nothing', country);
  }
  if (lines.length > maximumLines) {
    throw refuse('TOO_MANY_LINES', `at most ${maximumLines} lines`, lines.length);
  }
  if (couponCodes.length > maximumCouponCodes) {
    throw refuse('TOO_MANY_COUPONS', `at most ${maximumCouponCodes} coupon codes`, couponCodes.length);
  }
  for (const { quantity } of lines) {
    if (quantity < 1) throw refuse('INVALID_QUANTITY', 'a quantity of at least 1', quantity);
  }
}

async function findListOf(em: EntityManager, currency: string): Promise<PriceListRecord> {
  const [list] = await findPriceLists(em, { currency });
  if (list === undefined) throw refuse('UNKNOWN_CURRENCY', 'a currency that has a price list', currency);
  return list;
}

function refuse(code: string, expected: string, found: unknown): Failure {
  return new Failure('bad-input', `Expected ${expected}, found ${JSON.stringify(found)}`, { code });
}

function toMessage({ net, tax, gross }: TaxedAmount) {
  return { net: BigInt(net), tax: BigInt(tax), gross: BigInt(gross) };
}
