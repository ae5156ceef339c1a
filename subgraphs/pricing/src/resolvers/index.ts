import { DateTime } from '@stoa/clock';
import { CurrencyCode, MinorUnits } from '@stoa/money';
import type { Resolvers } from '../__generated__/resolvers-types.ts';
import { CountryCode } from '../tax/country-code.ts';
import { archivePromotion } from './Mutation/archivePromotion.ts';
import { createPriceList } from './Mutation/createPriceList.ts';
import { createPromotion } from './Mutation/createPromotion.ts';
import { createTaxCategory } from './Mutation/createTaxCategory.ts';
import { setPrice } from './Mutation/setPrice.ts';
import { setPrices } from './Mutation/setPrices.ts';
import { setTaxRate } from './Mutation/setTaxRate.ts';
import { setVariantTaxCategory } from './Mutation/setVariantTaxCategory.ts';
import { Price } from './Price.ts';
import { PriceList } from './PriceList.ts';
import { Product } from './Product.ts';
import { ProductVariant } from './ProductVariant.ts';
import { Promotion } from './Promotion.ts';
import { priceList } from './Query/priceList.ts';
import { priceLists } from './Query/priceLists.ts';
import { promotion } from './Query/promotion.ts';
import { promotions } from './Query/promotions.ts';
import { taxCategories } from './Query/taxCategories.ts';
import { TaxCategory } from './TaxCategory.ts';

export const resolvers: Resolvers = {
  MinorUnits,
  CurrencyCode,
  CountryCode,
  DateTime,
  Query: { priceLists, priceList, taxCategories, promotions, promotion },
  Mutation: {
    createPriceList,
    setPrice,
    setPrices,
    createTaxCategory,
    setTaxRate,
    setVariantTaxCategory,
    createPromotion,
    archivePromotion,
  },
  Product,
  ProductVariant,
  PriceList,
  Price,
  TaxCategory,
  Promotion,
};
