import { requireViewer } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { claimCart as claim } from '../../cart/claim-cart.ts';
import { toCartResult } from '../to-result.ts';

export const claimCart: MutationResolvers['claimCart'] = async (_, { input }, context) =>
  toCartResult(await claim(context, requireViewer(context.call), input.cartId));
