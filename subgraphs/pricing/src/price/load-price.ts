import type { TaxedMoney } from '@stoa/money';
import type { Context } from '../context.ts';
import { taxedPrice } from './taxed-price.ts';

/** Where a buyer looks at a price from. Null or left out: the request's currency, the price list's country. */
export interface PricePoint {
  readonly currency?: string | null;
  readonly country?: string | null;
}

/**
 * The price of one unit of a variant as the buyer is shown it, null when it has none in the currency.
 * However many are loaded in one tick, they cost one query for the prices and one for the taxes of
 * each country.
 */
export async function loadPrice(
  variantId: string,
  at: PricePoint,
  { call, reads }: Context,
): Promise<TaxedMoney | null> {
  const listed = await reads.listedPrices(at.currency ?? call.currency).load(variantId);
  if (listed === null) return null;
  const { net, tax, gross } = taxedPrice(listed, await reads.taxTable(at.country ?? listed.country));
  const { currency } = listed;
  return {
    net: { amount: net, currency },
    tax: { amount: tax, currency },
    gross: { amount: gross, currency },
  };
}
