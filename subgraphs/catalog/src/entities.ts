import type { EntitySchema } from '@mikro-orm/core';
import { OutboxEvent } from '@stoa/events';
import { Collection, CollectionProduct, CollectionTranslation } from './collection/collection.entity.ts';
import { Facet, FacetValue, ProductFacetValue } from './facet/facet.entity.ts';
import { Product, ProductImage, ProductTranslation } from './product/product.entity.ts';
import { OptionValue, ProductOption } from './product/product-option.entity.ts';
import { Variant, VariantOptionValue } from './variant/variant.entity.ts';

/** All that the catalog keeps. */
export const entities: readonly EntitySchema[] = [
  OutboxEvent,
  Product,
  ProductTranslation,
  ProductImage,
  ProductOption,
  OptionValue,
  Variant,
  VariantOptionValue,
  Collection,
  CollectionTranslation,
  CollectionProduct,
  Facet,
  FacetValue,
  ProductFacetValue,
];
