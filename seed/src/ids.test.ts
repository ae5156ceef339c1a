import { describe, expect, it } from 'vitest';
import {
  demoAccounts,
  demoCollections,
  demoFacets,
  demoLocations,
  demoPriceLists,
  demoProducts,
  demoTaxCategories,
} from './index.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function idOf(entity: { readonly id: string }): string {
  return entity.id;
}

function timeMsOf(id: string): number {
  return Number.parseInt(id.slice(0, 13).replace('-', ''), 16);
}

const optionIds = demoProducts().flatMap((product) =>
  product.options.flatMap((option) => [option.id, ...option.values.map(idOf)]),
);

const idsInCreationOrder: readonly [string, readonly string[]][] = [
  ['locations', demoLocations().map(idOf)],
  ['tax categories', demoTaxCategories().map(idOf)],
  ['price lists', demoPriceLists().map(idOf)],
  ['accounts', demoAccounts().map(idOf)],
  ['facet values', demoFacets().flatMap((facet) => facet.values.map(idOf))],
  ['facets', demoFacets().map(idOf)],
  ['collections', demoCollections().map(idOf)],
  ['products', demoProducts().map(idOf)],
  ['options and their values', optionIds],
  ['variants', demoProducts().flatMap((product) => product.variants.map(idOf))],
];

const all = idsInCreationOrder.flatMap(([, ids]) => ids);

describe.each(idsInCreationOrder)('the ids of %s', (_, ids) => {
  it('are UUIDs of version 7', () => {
    expect(ids.filter((id) => !UUID_V7.test(id))).toEqual([]);
  });

  it('sort in the order of creation, from 2026 on', () => {
    expect([...ids].sort()).toEqual(ids);
    expect(timeMsOf(ids[0] ?? '')).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 1));
  });
});

it('gives no id twice, over all kinds of things', () => {
  expect(new Set(all).size).toBe(all.length);
});

it('does not repeat the random part of an id', () => {
  expect(new Set(all.map((id) => id.slice(14))).size).toBe(all.length);
});

it('dates a product by the time in its id', () => {
  const wrong = demoProducts().filter((product) => timeMsOf(product.id) !== product.createdAt.getTime());
  expect(wrong).toEqual([]);
});
