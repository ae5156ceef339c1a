import type { TaxedMoney } from '@stoa/money';
import type { ReadAhead } from '@stoa/subgraph';
import type { Context } from '../context.ts';

/** Where a buyer looks at a price from. Null or left out: the request's currency, the price list's country. */
export interface PricePoint {
  readonly currency?: string | null;
  readonly country?: string | null;
}

/** The price of a variant as the buyer is shown it, null when it has none in the currency. */
export function loadPrice(
  variantId: string,
  { currency, country }: PricePoint,
  { call, reads }: Context,
): Promise<TaxedMoney | null> | TaxedMoney | null {
  return reads.shownPrices(currency ?? call.currency, country ?? null).read(variantId);
}

/** Has the prices of many variants read at once. */
export const pricesAhead: ReadAhead<Context> = (
  variants: readonly { readonly id: string }[],
  { currency, country }: PricePoint,
  { call, reads },
) => reads.shownPrices(currency ?? call.currency, country ?? null).ahead(variants.map(({ id }) => id));
