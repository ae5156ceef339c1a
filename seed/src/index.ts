export { type DemoAccount, type DemoRole, demoAccounts } from './accounts.ts';
export { type DemoCollection, demoCollections } from './collections.ts';
export { type DemoFacet, type DemoFacetValue, type DemoFacetValueCode, demoFacets } from './facets.ts';
export { type DemoLocation, type DemoLocationCode, demoLocations } from './locations.ts';
export { type DemoCurrency, type DemoPriceList, demoPriceLists } from './price-lists.ts';
export { type DemoProduct, demoProducts } from './products.ts';
export {
  type DemoTaxCategory,
  type DemoTaxCategoryCode,
  type DemoTaxCountry,
  demoTaxCategories,
} from './tax-categories.ts';
export type { DemoOption, DemoOptionValue, DemoVariant } from './variants.ts';
export type { DemoTranslation, DemoTranslations } from './words.ts';
