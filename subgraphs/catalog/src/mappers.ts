import type { Connection } from '@stoa/database';
import type { CollectionRow } from './collection/collection-rows.ts';
import type { FacetRow, FacetValueRow } from './facet/facet-rows.ts';
import type { ImageRow, OptionValueRow, ProductOptionRow } from './product/product-loaders.ts';
import type { ProductRow } from './product/product-rows.ts';
import type { VariantRow } from './variant/variant-rows.ts';

/** What a resolver of each type gets as its parent. */
export type ProductMapper = ProductRow;
export type ProductVariantMapper = VariantRow;
export type CollectionMapper = CollectionRow;
export type ImageMapper = ImageRow;
export type ProductOptionMapper = ProductOptionRow;
export type OptionValueMapper = OptionValueRow;
export type FacetMapper = FacetRow;
export type FacetValueMapper = FacetValueRow;
export type ProductConnectionMapper = Connection<ProductRow>;
export type CollectionConnectionMapper = Connection<CollectionRow>;
