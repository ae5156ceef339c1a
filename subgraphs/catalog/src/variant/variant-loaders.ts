import { type Knex, type Loader, loadMany, loadOne } from '@stoa/database';
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

export function variantLoaders(knex: Knex, audience: Audience): VariantLoaders {
  return {
    byId: loadOne(
      (ids) => findVariants(knex, audience, 'id', ids),
      ({ id }) => id,
    ),
    bySku: loadOne(
      (skus) => findVariants(knex, audience, 'sku', skus),
      ({ sku }) => sku,
    ),
    ofProduct: loadMany(
      (productIds) => findVariantsOf(knex, audience, productIds),
      ({ productId }) => productId,
    ),
    optionValues: loadMany(
      (variantIds) => findChosenValues(knex, variantIds),
      ({ variantId }) => variantId,
    ),
  };
}
