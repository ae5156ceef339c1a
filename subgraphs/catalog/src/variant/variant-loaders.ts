import { gathered, type Loader, type Rows } from '@stoa/database';
import type { Audience } from '../audience.ts';
import {
  type ChosenValueRow,
  findChosenValues,
  findVariants,
  findVariantsOf,
  type VariantRow,
} from './variant-rows.ts';

/** What a request reads of variants, each with one query for all that ask at the same time. */
export interface VariantLoaders {
  readonly byId: Loader<string, VariantRow | null>;
  readonly bySku: Loader<string, VariantRow | null>;
  /** By product, in order. */
  readonly ofProduct: Loader<string, readonly VariantRow[]>;
  /** By variant, in the order of the options. */
  readonly optionValues: Loader<string, readonly ChosenValueRow[]>;
}

/** @returns what makes the loaders of a request */
export function variantLoaders(rows: Rows, audience: Audience): () => VariantLoaders {
  const byId = gathered(
    (ids) => findVariants(rows, audience, 'id', ids),
    ({ id }) => id,
  );
  const bySku = gathered(
    (skus) => findVariants(rows, audience, 'sku', skus),
    ({ sku }) => sku,
  );
  const ofProduct = gathered(
    (productIds) => findVariantsOf(rows, audience, productIds),
    ({ productId }) => productId,
  );
  const optionValues = gathered(
    (variantIds) => findChosenValues(rows, variantIds),
    ({ variantId }) => variantId,
  );
  return () => ({
    byId: byId.one(),
    bySku: bySku.one(),
    ofProduct: ofProduct.many(),
    optionValues: optionValues.many(),
  });
}
