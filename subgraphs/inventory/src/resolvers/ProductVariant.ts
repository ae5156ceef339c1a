import type { ReadAhead } from '@stoa/subgraph';
import type { ProductVariantResolvers } from '../__generated__/resolvers-types.ts';
import type { Context } from '../context.ts';
import { neverInStock } from '../stock/availability.ts';

export const ProductVariant: ProductVariantResolvers = {
  // Which variants exist is catalog's to say.
  __resolveReference: (reference) => reference,
  availability({ id }, _args, { availability }) {
    const found = availability.read(id);
    return found instanceof Promise ? found.then((read) => read ?? neverInStock) : (found ?? neverInStock);
  },
};

export const availabilitiesAhead: ReadAhead<Context> = (
  variants: readonly { readonly id: string }[],
  _args,
  { availability },
) => availability.ahead(variants.map(({ id }) => id));
