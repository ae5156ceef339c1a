import type { Rows } from '@stoa/database';
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

const facetColumns = 'id, code, name, name_translations as "nameTranslations"';

const facetValueColumns = `facet_value.id, facet_value.facet_id as "facetId", facet_value.code, facet_value.name,
  facet_value.name_translations as "nameTranslations"`;

/** All facets, in order. */
export async function listFacets(rows: Rows): Promise<FacetRow[]> {
  const found = await rows.all<RawNamed<FacetRow>>(`select ${facetColumns} from facet order by position, id`);
  return found.map(readNamed);
}

/** The facets with these ids, in no order. */
export async function findFacets(rows: Rows, ids: readonly string[]): Promise<FacetRow[]> {
  const found = await rows.all<RawNamed<FacetRow>>(`select ${facetColumns} from facet where id = any(?)`, [
    ids,
  ]);
  return found.map(readNamed);
}

/** The values of facets, in order. */
export async function findValuesOfFacets(rows: Rows, facetIds: readonly string[]): Promise<FacetValueRow[]> {
  const found = await rows.all<RawNamed<FacetValueRow>>(
    `select ${facetValueColumns} from facet_value where facet_id = any(?) order by position, id`,
    [facetIds],
  );
  return found.map(readNamed);
}

/** The facet values of products, in the order of the facets. */
export async function findValuesOfProducts(
  rows: Rows,
  productIds: readonly string[],
): Promise<(FacetValueRow & { readonly productId: string })[]> {
  const found = await rows.all<RawNamed<FacetValueRow> & { readonly productId: string }>(
    `select product_facet_value.product_id as "productId", ${facetValueColumns}
     from product_facet_value
     join facet_value on facet_value.id = product_facet_value.facet_value_id
     join facet on facet.id = facet_value.facet_id
     where product_facet_value.product_id = any(?)
     order by facet.position, facet.id, facet_value.position, facet_value.id`,
    [productIds],
  );
  return found.map(readNamed);
}
