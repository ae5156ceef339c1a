import type { Connection } from '@stoa/database';
import type { PriceRecord } from './price/find-prices.ts';
import type { PriceListRecord } from './price-list/find-price-lists.ts';
import type { PromotionRecord } from './promotion/promotion.ts';
import type { TaxCategoryRecord } from './tax/find-tax-categories.ts';

export type PriceListMapper = PriceListRecord;
export type PriceMapper = PriceRecord;
export type TaxCategoryMapper = TaxCategoryRecord;
export type PromotionMapper = PromotionRecord;
export type PromotionConnectionMapper = Connection<PromotionRecord>;

/** As the router refers to it; the variants are there when `priceRange` is asked for. */
export interface ProductMapper {
  readonly id: string;
  readonly variants?: readonly { readonly id: string }[];
}

export interface ProductVariantMapper {
  readonly id: string;
}
