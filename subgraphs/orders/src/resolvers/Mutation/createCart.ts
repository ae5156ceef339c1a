import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { createCart as create } from '../../cart/create-cart.ts';
import { toCartResult } from '../to-result.ts';

export const createCart: MutationResolvers['createCart'] = async (_, { input }, context) =>
  toCartResult(
    await create(context, {
      currency: input?.currency ?? null,
      lines: (input?.lines ?? []).map(({ variantId, quantity }) => ({ variantId, quantity: quantity ?? 1 })),
    }),
  );
