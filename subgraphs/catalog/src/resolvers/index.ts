import { DateTime } from '@stoa/clock';
import type { Resolvers } from '../__generated__/resolvers-types.ts';
import { Locale } from '../locale/locale.ts';
import { Collection } from './Collection.ts';
import { Facet } from './Facet.ts';
import { FacetValue } from './FacetValue.ts';
import { addFacetValues } from './Mutation/addFacetValues.ts';
import { addProductsToCollection } from './Mutation/addProductsToCollection.ts';
import { archiveProduct } from './Mutation/archiveProduct.ts';
import { archiveVariant } from './Mutation/archiveVariant.ts';
import { createCollection } from './Mutation/createCollection.ts';
import { createFacet } from './Mutation/createFacet.ts';
import { createProduct } from './Mutation/createProduct.ts';
import { createProducts } from './Mutation/createProducts.ts';
import { createVariant } from './Mutation/createVariant.ts';
import { removeProductsFromCollection } from './Mutation/removeProductsFromCollection.ts';
import { updateCollection } from './Mutation/updateCollection.ts';
import { updateProduct } from './Mutation/updateProduct.ts';
import { updateVariant } from './Mutation/updateVariant.ts';
import { OptionValue } from './OptionValue.ts';
import { Product } from './Product.ts';
import { ProductOption } from './ProductOption.ts';
import { ProductVariant } from './ProductVariant.ts';
import { collection } from './Query/collection.ts';
import { collections } from './Query/collections.ts';
import { facets } from './Query/facets.ts';
import { product } from './Query/product.ts';
import { products } from './Query/products.ts';
import { variant } from './Query/variant.ts';

/** All resolvers, one file an operation or a type. */
export const resolvers: Resolvers = {
  Query: { collection, collections, facets, product, products, variant },
  Mutation: {
    addFacetValues,
    addProductsToCollection,
    archiveProduct,
    archiveVariant,
    createCollection,
    createFacet,
    createProduct,
    createProducts,
    createVariant,
    removeProductsFromCollection,
    updateCollection,
    updateProduct,
    updateVariant,
  },
  Collection,
  Facet,
  FacetValue,
  OptionValue,
  Product,
  ProductOption,
  ProductVariant,
  DateTime,
  Locale,
};
