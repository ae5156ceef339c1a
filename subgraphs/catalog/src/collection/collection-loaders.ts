import { type EntityManager, gathered, type Loader, rowsOf } from '@stoa/database';
import type { Audience } from '../audience.ts';
import { type TranslationLoaders, translationLoaders } from '../locale/translation-loaders.ts';
import { type CollectionProducts, collectionProducts } from './collection-products.ts';
import { type CollectionRow, findCollections, findCollectionsOf } from './collection-rows.ts';

/** What a request reads of collections, each with one query for all that ask at the same time. */
export interface CollectionLoaders {
  readonly byId: Loader<string, CollectionRow | null>;
  readonly bySlug: Loader<string, CollectionRow | null>;
  readonly translations: TranslationLoaders;
  /** By product, in the order of their names. */
  readonly ofProduct: Loader<string, readonly CollectionRow[]>;
  readonly products: CollectionProducts;
}

/** @returns what makes the loaders of a request */
export function collectionLoaders(em: EntityManager, audience: Audience): () => CollectionLoaders {
  const rows = rowsOf(em);
  const knex = em.getKnex();
  const byId = gathered(
    (ids) => findCollections(rows, 'id', ids),
    ({ id }) => id,
  );
  const bySlug = gathered(
    (slugs) => findCollections(rows, 'slug', slugs),
    ({ slug }) => slug,
  );
  const ofProduct = gathered(
    (productIds) => findCollectionsOf(rows, productIds),
    ({ productId }) => productId,
  );
  return () => ({
    byId: byId.one(),
    bySlug: bySlug.one(),
    translations: translationLoaders(rows, 'collection_translation', 'collection_id'),
    ofProduct: ofProduct.many(),
    products: collectionProducts(knex, audience),
  });
}
