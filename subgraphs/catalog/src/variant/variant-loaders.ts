import { type Loader, loadMany, loadOne, type Rows } from '@stoa/database';
import type { Audience } from '../audience.ts';
import {
  type ChosenValueRow,
  findChosenValues,
  findVariants,
  findVariantsOf,
  type VariantRow,
} from './variant-rows.ts';

/** What is read of variants, each with one query for all that ask in the same tick. */
export interface VariantLoaders {
  readonly byId: Loader<string, VariantRow | null>;
  readonly bySku: Loader<string, VariantRow | null>;
  /** By product, in order. */
  readonly ofProduct: Loader<string, readonly VariantRow[]>;
  /** By variant, in the order of the options. */
  readonly optionValues: Loader<string, readonly ChosenValueRow[]>;
}

export function variantLoaders(rows: Rows, audience: Audience): VariantLoaders {
  return {
    byId: loadOne(
      (ids) => findVariants(rows, audience, 'id', ids),
      ({ id }) => id,
    ),
    bySku: loadOne(
      (skus) => findVariants(rows, audience, 'sku', skus),
      ({ sku }) => sku,
    ),
    ofProduct: loadMany(
      (productIds) => findVariantsOf(rows, audience, productIds),
      ({ productId }) => productId,
    ),
    optionValues: loadMany(
      (variantIds) => findChosenValues(rows, variantIds),
      ({ variantId }) => variantId,
    ),
  };
}
