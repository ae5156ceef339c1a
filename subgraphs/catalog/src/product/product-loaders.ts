import { gathered, type Loader, type Rows } from '@stoa/database';
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

/** What a request reads of products, each with one query for all that ask at the same time. */
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

/** @returns what makes the loaders of a request */
export function productLoaders(rows: Rows, audience: Audience): () => ProductLoaders {
  const byId = gathered(
    (ids) => findProducts(rows, audience, 'id', ids),
    ({ id }) => id,
  );
  const bySlug = gathered(
    (slugs) => findProducts(rows, audience, 'slug', slugs),
    ({ slug }) => slug,
  );
  const images = gathered(
    (ids) => findImages(rows, ids),
    ({ productId }) => productId,
  );
  const options = gathered(
    (ids) => findOptions(rows, ids),
    ({ productId }) => productId,
  );
  const optionValues = gathered(
    (ids) => findOptionValues(rows, ids),
    ({ optionId }) => optionId,
  );
  return () => ({
    byId: byId.one(),
    bySlug: bySlug.one(),
    translations: translationLoaders(rows, 'product_translation', 'product_id'),
    images: images.many(),
    options: options.many(),
    optionValues: optionValues.many(),
  });
}

function findImages(rows: Rows, productIds: readonly string[]): Promise<readonly ImageRow[]> {
  return rows.all<ImageRow>(
    `select product_id as "productId", position, url, alt from product_image
     where product_id = any(?) order by position`,
    [productIds],
  );
}

async function findOptions(rows: Rows, productIds: readonly string[]): Promise<ProductOptionRow[]> {
  const found = await rows.all<RawNamed<ProductOptionRow>>(
    `select id, product_id as "productId", code, name, name_translations as "nameTranslations"
     from product_option where product_id = any(?) order by position`,
    [productIds],
  );
  return found.map(readNamed);
}

async function findOptionValues(rows: Rows, optionIds: readonly string[]): Promise<OfferedValueRow[]> {
  const found = await rows.all<RawNamed<OfferedValueRow>>(
    `select id, option_id as "optionId", code, name, name_translations as "nameTranslations"
     from option_value where option_id = any(?) order by position`,
    [optionIds],
  );
  return found.map(readNamed);
}

interface OfferedValueRow extends OptionValueRow {
  readonly optionId: string;
}
