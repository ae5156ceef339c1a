import { type Knex, type Loader, loadMany, loadOne, type Rows } from '@stoa/database';
import type { Audience } from '../audience.ts';
import { type TranslationLoaders, translationLoaders } from '../locale/translation-loaders.ts';
import { type CollectionProducts, collectionProducts } from './collection-products.ts';
import { type CollectionRow, findCollections, findCollectionsOf } from './collection-rows.ts';

/** What is read of collections, each with one query for all that ask in the same tick. */
export interface CollectionLoaders {
  readonly byId: Loader<string, CollectionRow | null>;
  readonly bySlug: Loader<string, CollectionRow | null>;
  readonly translations: TranslationLoaders;
  /** By product, in the order of their names. */
  readonly ofProduct: Loader<string, readonly CollectionRow[]>;
  readonly products: CollectionProducts;
}

export function collectionLoaders(rows: Rows, knex: Knex, audience: Audience): CollectionLoaders {
  return {
    byId: loadOne(
      (ids) => findCollections(rows, 'id', ids),
      ({ id }) => id,
    ),
    bySlug: loadOne(
      (slugs) => findCollections(rows, 'slug', slugs),
      ({ slug }) => slug,
    ),
    translations: translationLoaders(rows, 'collection_translation', 'collection_id'),
    ofProduct: loadMany(
      (productIds) => findCollectionsOf(rows, productIds),
      ({ productId }) => productId,
    ),
    products: collectionProducts(knex, audience),
  };
}
