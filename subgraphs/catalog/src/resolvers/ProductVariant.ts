import type { ProductVariantResolvers } from '../__generated__/resolvers-types.ts';
import type { Context } from '../context.ts';
import { translatedText } from '../locale/translation-loaders.ts';
import type { ProductRow } from '../product/product-rows.ts';
import { variantName } from '../variant/variant-name.ts';
import type { VariantRow } from '../variant/variant-rows.ts';

export const ProductVariant: ProductVariantResolvers = {
  // As for products.
  __resolveReference: (reference, { reads }) =>
    'id' in reference ? reads.variants.byId.load(reference.id) : reads.variants.bySku.load(reference.sku),
  name: async (variant, args, context) => {
    const { reads, call } = context;
    const locale = args.locale ?? call.locale;
    const optionValues = variant.name === null ? await reads.variants.optionValues.load(variant.id) : [];
    return (
      variantName(variant, optionValues, locale) ??
      translatedText(reads.products.translations, await productOf(variant, context), 'name', locale)
    );
  },
  options: ({ id }, _args, { reads }) => reads.variants.optionValues.load(id),
  product: (variant, _args, context) => productOf(variant, context),
};

async function productOf({ id, productId }: VariantRow, { reads }: Context): Promise<ProductRow> {
  const product = await reads.products.byId.load(productId);
  if (product === null) throw new Error(`expected to see the product of variant ${id}, which was seen`);
  return product;
}
