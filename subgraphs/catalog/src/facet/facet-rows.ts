import type { Knex } from '@stoa/database';
import { type RawNamed, readNamed } from '../locale/named-rows.ts';
import type { Named } from '../locale/translated.ts';

/** A property by which products are found. */
export interface FacetRow extends Named {
  readonly id: string;
  readonly code: string;
}

/** One value of a facet. */
export interface FacetValueRow extends Named {
  readonly id: string;
  readonly facetId: string;
  readonly code: string;
}

const facetColumns = {
  id: 'facet.id',
  code: 'facet.code',
  name: 'facet.name',
  nameTranslations: 'facet.name_translations',
};

const facetValueColumns = {
  id: 'facet_value.id',
  facetId: 'facet_value.facet_id',
  code: 'facet_value.code',
  name: 'facet_value.name',
  nameTranslations: 'facet_value.name_translations',
};

/** All facets, in order. */
export async function listFacets(knex: Knex): Promise<FacetRow[]> {
  const rows: RawNamed<FacetRow>[] = await knex('facet').select(facetColumns).orderBy(['position', 'id']);
  return rows.map(readNamed);
}

/** The facets with these ids, in no order. */
export async function findFacets(knex: Knex, ids: readonly string[]): Promise<FacetRow[]> {
  const rows: RawNamed<FacetRow>[] = await knex('facet').select(facetColumns).whereIn('id', ids);
  return rows.map(readNamed);
}

/** The values of facets, in order. */
export async function findValuesOfFacets(knex: Knex, facetIds: readonly string[]): Promise<FacetValueRow[]> {
  const rows: RawNamed<FacetValueRow>[] = await knex('facet_value')
    .select(facetValueColumns)
    .whereIn('facet_id', facetIds)
    .orderBy(['position', 'id']);
  return rows.map(readNamed);
}

/** The facet values of products, in the order of the facets. */
export async function findValuesOfProducts(
  knex: Knex,
  productIds: readonly string[],
): Promise<(FacetValueRow & { readonly productId: string })[]> {
  const rows: (RawNamed<FacetValueRow> & { productId: string })[] = await knex('product_facet_value')
    .join('facet_value', 'facet_value.id', 'product_facet_value.facet_value_id')
    .join('facet', 'facet.id', 'facet_value.facet_id')
    .select({ productId: 'product_facet_value.product_id', ...facetValueColumns })
    .whereIn('product_facet_value.product_id', productIds)
    .orderBy(['facet.position', 'facet.id', 'facet_value.position', 'facet_value.id']);
  return rows.map(readNamed);
}
