import { openingDayIds } from './id-sequence.ts';

/** The code of a tax category. */
export type DemoTaxCategoryCode = 'standard' | 'reduced' | 'zero';

/** The countries whose rates the demo shop knows, in ISO 3166-1 alpha-2. */
export type DemoTaxCountry = 'AT' | 'DE' | 'FR' | 'GB' | 'NL' | 'US';

/** A group of goods taxed alike. */
export interface DemoTaxCategory {
  readonly id: string;
  readonly code: DemoTaxCategoryCode;
  readonly name: string;
  /** The rate by country, in basis points: 1900 is 19 %. */
  readonly ratesBasisPoints: Readonly<Record<DemoTaxCountry, number>>;
}

const nextId = openingDayIds(1);

// General rates, for a demo: a country's exceptions (British books, say) are left out.
// The United States have no federal sales tax, and the demo shop has no nexus in any state.
const taxCategories: readonly DemoTaxCategory[] = [
  {
    id: nextId(),
    code: 'standard',
    name: 'Standard rate',
    ratesBasisPoints: { AT: 2000, DE: 1900, FR: 2000, GB: 2000, NL: 2100, US: 0 },
  },
  {
    id: nextId(),
    code: 'reduced',
    name: 'Reduced rate',
    ratesBasisPoints: { AT: 1000, DE: 700, FR: 550, GB: 500, NL: 900, US: 0 },
  },
  {
    id: nextId(),
    code: 'zero',
    name: 'Zero rate',
    ratesBasisPoints: { AT: 0, DE: 0, FR: 0, GB: 0, NL: 0, US: 0 },
  },
];

/** The three tax categories: most goods are standard, books are reduced, gift cards are zero. */
export function demoTaxCategories(): readonly DemoTaxCategory[] {
  return taxCategories;
}
