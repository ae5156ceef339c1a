import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { removeLine } from '../../cart/remove-line.ts';
import { toCartResult } from '../to-result.ts';

export const removeCartLine: MutationResolvers['removeCartLine'] = async (_, { input }, context) =>
  toCartResult(await removeLine(context, input));
