import { isId } from '@stoa/clock';
import type { Knex } from '@stoa/database';
import { Failure } from '@stoa/errors';
import type { ProductFilter } from '../__generated__/resolvers-types.ts';
import { isSlug } from '../input/forms.ts';
import { nearestLocales } from '../locale/nearest-locales.ts';
import { containsPattern } from '../name-key.ts';

const maximumIds = 100;
const maximumSearchLength = 100;

/**
 * Checks what the types of a filter leave open.
 * @throws {Failure} bad-input for too many ids, too long a search, or two collections
 */
export function checkFilter(filter: ProductFilter): void {
  for (const name of ['ids', 'facetValueIds'] as const) {
    const found = filter[name]?.length ?? 0;
    if (found > maximumIds) {
      throw new Failure('bad-input', `Expected at most ${maximumIds} \`filter.${name}\`, found ${found}`, {
        details: { maximum: maximumIds },
      });
    }
  }
  const search = filter.search ?? '';
  if (search.length > maximumSearchLength || /[\p{Cc}\p{Cs}]/u.test(search)) {
    throw new Failure(
      'bad-input',
      `Expected \`filter.search\` of at most ${maximumSearchLength} characters, without control characters`,
    );
  }
  if ((filter.collectionId ?? null) !== null && (filter.collectionSlug ?? null) !== null) {
    throw new Failure('bad-input', 'Expected `filter.collectionId` or `filter.collectionSlug`, not both');
  }
}

/** Whether the filter asks for the products of a collection. */
export function isOfCollection(filter: ProductFilter): boolean {
  return (filter.collectionId ?? filter.collectionSlug ?? null) !== null;
}

/** Narrows a query of products to a filter that `checkFilter` passed; `locale` is that of the request. */
export async function applyFilter(
  query: Knex.QueryBuilder,
  knex: Knex,
  filter: ProductFilter,
  locale: string,
): Promise<void> {
  if (filter.ids) query.whereIn('product.id', filter.ids.filter(isId));
  if (filter.search?.trim()) nameContains(query, knex, filter.search.trim(), locale);
  if (isOfCollection(filter)) inCollection(query, knex, filter);
  if (filter.facetValueIds && filter.facetValueIds.length > 0)
    await hasFacetValues(query, knex, filter.facetValueIds);
}

function nameContains(query: Knex.QueryBuilder, knex: Knex, text: string, locale: string): void {
  const pattern = containsPattern(text);
  query.where((either) => {
    either.whereRaw(String.raw`product.name_key like ? escape '\'`, [pattern]);
    const locales = nearestLocales(locale);
    if (locales.length === 0) return;
    either.orWhereExists(
      knex('product_translation')
        .select(knex.raw('1'))
        .whereRaw('product_translation.product_id = product.id')
        .whereIn('locale', locales)
        .whereRaw(String.raw`product_translation.name_key like ? escape '\'`, [pattern]),
    );
  });
}

function inCollection(
  query: Knex.QueryBuilder,
  knex: Knex,
  { collectionId, collectionSlug }: ProductFilter,
): void {
  if (collectionId) query.whereIn('collection_product.collection_id', [collectionId].filter(isId));
  else {
    const slugs = [collectionSlug].filter(isSlug);
    query.where('collection_product.collection_id', knex('collection').select('id').whereIn('slug', slugs));
  }
}

/** One of the values of each facet: what belongs to one facet is an alternative, facets add up. */
async function hasFacetValues(
  query: Knex.QueryBuilder,
  knex: Knex,
  valueIds: readonly string[],
): Promise<void> {
  const asked = [...new Set(valueIds)].filter(isId);
  const values: { id: string; facetId: string }[] = await knex('facet_value')
    .select('id', { facetId: 'facet_id' })
    .whereIn('id', asked);
  if (values.length < new Set(valueIds).size) {
    query.whereIn('product.id', []);
    return;
  }
  for (const facetId of new Set(values.map((value) => value.facetId))) {
    const alternatives = values.filter((value) => value.facetId === facetId).map(({ id }) => id);
    query.whereExists(
      knex('product_facet_value')
        .select(knex.raw('1'))
        .whereRaw('product_facet_value.product_id = product.id')
        .whereIn('facet_value_id', alternatives),
    );
  }
}
