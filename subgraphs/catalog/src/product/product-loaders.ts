import { type Knex, type Loader, loadMany, loadOne } from '@stoa/database';
import type { Audience } from '../audience.ts';
import { type RawNamed, readNamed } from '../locale/named-rows.ts';
import type { Named } from '../locale/translated.ts';
import { type TranslationLoaders, translationLoaders } from '../locale/translation-loaders.ts';
import { findProducts, type ProductRow } from './product-rows.ts';

export interface ImageRow {
  readonly productId: string;
  readonly position: number;
  readonly url: string;
  readonly alt: string;
}

export interface ProductOptionRow extends Named {
  readonly id: string;
  readonly productId: string;
  readonly code: string;
}

export interface OptionValueRow extends Named {
  readonly id: string;
  readonly code: string;
}

/** What is read of products, each with one query for all that ask in the same tick. */
export interface ProductLoaders {
  readonly byId: Loader<string, ProductRow | null>;
  readonly bySlug: Loader<string, ProductRow | null>;
  readonly translations: TranslationLoaders;
  /** By product, the main one first. */
  readonly images: Loader<string, readonly ImageRow[]>;
  /** By product, in order. */
  readonly options: Loader<string, readonly ProductOptionRow[]>;
  /** By option, in order. */
  readonly optionValues: Loader<string, readonly OptionValueRow[]>;
}

export function productLoaders(knex: Knex, audience: Audience): ProductLoaders {
  return {
    byId: loadOne(
      (ids) => findProducts(knex, audience, 'id', ids),
      ({ id }) => id,
    ),
    bySlug: loadOne(
      (slugs) => findProducts(knex, audience, 'slug', slugs),
      ({ slug }) => slug,
    ),
    translations: translationLoaders(knex, 'product_translation', 'product_id'),
    images: loadMany(
      async (ids): Promise<ImageRow[]> =>
        knex('product_image')
          .select({ productId: 'product_id' }, 'position', 'url', 'alt')
          .whereIn('product_id', ids)
          .orderBy('position'),
      ({ productId }) => productId,
    ),
    options: loadMany(
      async (ids): Promise<ProductOptionRow[]> => {
        const rows: RawNamed<ProductOptionRow>[] = await knex('product_option')
          .select('id', { productId: 'product_id' }, 'code', 'name', {
            nameTranslations: 'name_translations',
          })
          .whereIn('product_id', ids)
          .orderBy('position');
        return rows.map(readNamed);
      },
      ({ productId }) => productId,
    ),
    optionValues: loadMany(
      async (ids): Promise<OfferedValueRow[]> => {
        const rows: RawNamed<OfferedValueRow>[] = await knex('option_value')
          .select('id', { optionId: 'option_id' }, 'code', 'name', { nameTranslations: 'name_translations' })
          .whereIn('option_id', ids)
          .orderBy('position');
        return rows.map(readNamed);
      },
      ({ optionId }) => optionId,
    ),
  };
}

interface OfferedValueRow extends OptionValueRow {
  readonly optionId: string;
}
