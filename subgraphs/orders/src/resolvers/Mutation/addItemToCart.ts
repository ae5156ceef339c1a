import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { addItem } from '../../cart/add-item.ts';
import { toCartResult } from '../to-result.ts';

export const addItemToCart: MutationResolvers['addItemToCart'] = async (_, { input }, context) =>
  toCartResult(await addItem(context, { ...input, quantity: input.quantity ?? 1 }));
