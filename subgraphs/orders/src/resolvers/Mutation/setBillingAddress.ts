import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { setAddress } from '../../cart/set-address.ts';
import { toCartResult } from '../to-result.ts';

export const setBillingAddress: MutationResolvers['setBillingAddress'] = async (_, { input }, context) =>
  toCartResult(
    await setAddress(context, 'billingAddress', { cartId: input.cartId, address: input.address ?? null }),
  );
