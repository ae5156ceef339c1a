import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { updateLine } from '../../cart/update-line.ts';
import { toCartResult } from '../to-result.ts';

export const updateCartLine: MutationResolvers['updateCartLine'] = async (_, { input }, context) =>
  toCartResult(await updateLine(context, input));
