import type { NewId } from '@stoa/clock';
import {
  type DemoCollection,
  type DemoFacet,
  type DemoProduct,
  demoCollections,
  demoFacets,
  demoProducts,
} from '@stoa/seed';
import { productChanged } from '../events.ts';
import { nameKey } from '../name-key.ts';
import { combinationOf } from '../product/choose-option-values.ts';

type Row = Readonly<Record<string, string | number | Date | null>>;

/** The rows of a table, by its name. */
export type TableRows = readonly [table: string, rows: readonly Row[]];

const noTranslations = '{}';

/** The demo shop as rows, in an order in which what is referred to comes first. */
export function demoRows(newId: NewId): readonly TableRows[] {
  const products = demoProducts();
  return [
    ...facetRows(demoFacets()),
    ...collectionRows(demoCollections(), products),
    ...productRows(products),
    ...optionRows(products),
    ...variantRows(products),
    ...shelfRows(products),
    ['outbox', products.map((product) => eventRow(newId, product))],
  ];
}

function facetRows(facets: readonly DemoFacet[]): readonly TableRows[] {
  const named = ({ id, code, name }: { id: string; code: string; name: string }, position: number) => ({
    id,
    position,
    code,
    name,
    name_translations: noTranslations,
  });
  return [
    ['facet', facets.map(named)],
    [
      'facet_value',
      facets.flatMap(({ id, values }) =>
        values.map((value, position) => ({ ...named(value, position), facet_id: id })),
      ),
    ],
  ];
}

function collectionRows(
  collections: readonly DemoCollection[],
  products: readonly DemoProduct[],
): readonly TableRows[] {
  const opened = products[0]?.createdAt ?? new Date(0);
  return [
    [
      'collection',
      collections.map(({ id, slug, name, description }) => ({
        ...unchangedSince(opened),
        id,
        slug,
        name,
        name_key: nameKey(name),
        description,
      })),
    ],
    [
      'collection_translation',
      collections.flatMap(({ id, translations }) =>
        Object.entries(translations).map(([locale, { name, description }]) => ({
          collection_id: id,
          locale,
          name,
          description,
        })),
      ),
    ],
  ];
}

function productRows(products: readonly DemoProduct[]): readonly TableRows[] {
  return [
    [
      'product',
      products.map(({ id, slug, name, description, createdAt }) => ({
        ...unchangedSince(createdAt),
        id,
        slug,
        name,
        name_key: nameKey(name),
        description,
        state: 'ACTIVE',
      })),
    ],
    [
      'product_translation',
      products.flatMap(({ id, translations }) =>
        Object.entries(translations).map(([locale, { name, description }]) => ({
          product_id: id,
          locale,
          name,
          name_key: nameKey(name),
          description,
        })),
      ),
    ],
    [
      'product_image',
      products.flatMap(({ id, name, imageUrls }) =>
        imageUrls.map((url, position) => ({ product_id: id, position, url, alt: name })),
      ),
    ],
  ];
}

function optionRows(products: readonly DemoProduct[]): readonly TableRows[] {
  return [
    [
      'product_option',
      products.flatMap((product) =>
        product.options.map(({ id, code, name }, position) => ({
          id,
          product_id: product.id,
          position,
          code,
          name,
          name_translations: noTranslations,
        })),
      ),
    ],
    [
      'option_value',
      products.flatMap(({ options }) =>
        options.flatMap((option) =>
          option.values.map(({ id, code, name }, position) => ({
            id,
            option_id: option.id,
            position,
            code,
            name,
            name_translations: noTranslations,
          })),
        ),
      ),
    ],
  ];
}

function variantRows(products: readonly DemoProduct[]): readonly TableRows[] {
  return [
    [
      'variant',
      products.flatMap(({ id: productId, createdAt, variants }) =>
        variants.map(({ id, sku, weightGrams, optionValueIds }, position) => ({
          ...unchangedSince(createdAt),
          id,
          product_id: productId,
          position,
          sku,
          // Named by its option values: the demo's own names repeat the product's.
          name: null,
          name_translations: noTranslations,
          weight_grams: weightGrams,
          state: 'ACTIVE',
          combination: combinationOf(optionValueIds),
        })),
      ),
    ],
    [
      'variant_option_value',
      products.flatMap(({ options, variants }) => {
        const optionOf = new Map(
          options.flatMap(({ id, values }) => values.map((value) => [value.id, id] as const)),
        );
        return variants.flatMap(({ id, optionValueIds }) =>
          optionValueIds.map((valueId) => ({
            variant_id: id,
            option_id: optionOf.get(valueId) ?? null,
            option_value_id: valueId,
          })),
        );
      }),
    ],
  ];
}

/** Where products are found: on shelves and by facets. */
function shelfRows(products: readonly DemoProduct[]): readonly TableRows[] {
  return [
    [
      'collection_product',
      products.flatMap(({ id, name, createdAt, collectionIds }) =>
        collectionIds.map((collectionId) => ({
          collection_id: collectionId,
          product_id: id,
          product_state: 'ACTIVE',
          product_name_key: nameKey(name),
          product_created_at: createdAt,
        })),
      ),
    ],
    [
      'product_facet_value',
      products.flatMap(({ id, facetValueIds }) =>
        facetValueIds.map((facetValueId) => ({ product_id: id, facet_value_id: facetValueId })),
      ),
    ],
  ];
}

/** A demo product is a change like any other: what listens learns of it. */
function eventRow(newId: NewId, { id, createdAt, variants }: DemoProduct): Row {
  const payload = productChanged.payload.parse({
    productId: id,
    change: 'CREATED',
    variantIds: variants.map((variant) => variant.id),
  });
  return {
    id: newId(),
    type: productChanged.type,
    aggregate_id: id,
    payload: JSON.stringify(payload),
    request_id: 'seed',
    occurred_at: createdAt,
  };
}

function unchangedSince(at: Date) {
  return { created_at: at, updated_at: at, version: 1 };
}
