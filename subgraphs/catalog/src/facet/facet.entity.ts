import { defineEntity, p } from '@mikro-orm/core';
import type { NameTranslations } from '../locale/translated.ts';
import { Product } from '../product/product.entity.ts';

/** A property by which products are found. */
export const Facet = defineEntity({
  name: 'Facet',
  tableName: 'facet',
  properties: {
    id: p.string().length(36).primary(),
    position: p.integer(),
    code: p.string(),
    name: p.string(),
    nameTranslations: p.json<NameTranslations>(),
  },
});

/** One value of a facet. */
export const FacetValue = defineEntity({
  name: 'FacetValue',
  tableName: 'facet_value',
  properties: {
    id: p.string().length(36).primary(),
    facet: () => p.manyToOne(Facet).mapToPk(),
    position: p.integer(),
    code: p.string(),
    name: p.string(),
    nameTranslations: p.json<NameTranslations>(),
  },
});

/** That a product has a value of a facet. */
export const ProductFacetValue = defineEntity({
  name: 'ProductFacetValue',
  tableName: 'product_facet_value',
  properties: {
    product: () => p.manyToOne(Product).mapToPk().primary(),
    facetValue: () => p.manyToOne(FacetValue).mapToPk().primary(),
  },
});
