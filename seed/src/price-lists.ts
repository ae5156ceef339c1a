import { openingDayIds } from './id-sequence.ts';
import type { DemoTaxCountry } from './tax-categories.ts';

/** The currencies the demo shop sells in, in ISO 4217. */
export type DemoCurrency = 'EUR' | 'GBP' | 'USD';

/** The terms on which a currency's prices are stated. */
export interface DemoPriceList {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly currency: DemoCurrency;
  /** The country whose tax applies when the buyer has not said where the goods go. */
  readonly country: DemoTaxCountry;
  /** Whether the prices are gross (tax is inside them) or net (tax comes on top). */
  readonly isTaxIncluded: boolean;
}

const nextId = openingDayIds(2);

const priceLists: readonly DemoPriceList[] = [
  {
    id: nextId(),
    code: 'eur',
    name: 'Euro, tax included',
    currency: 'EUR',
    country: 'DE',
    isTaxIncluded: true,
  },
  {
    id: nextId(),
    code: 'gbp',
    name: 'Sterling, tax included',
    currency: 'GBP',
    country: 'GB',
    isTaxIncluded: true,
  },
  { id: nextId(), code: 'usd', name: 'US dollar, net', currency: 'USD', country: 'US', isTaxIncluded: false },
];

/** The three price lists, one a currency. */
export function demoPriceLists(): readonly DemoPriceList[] {
  return priceLists;
}
