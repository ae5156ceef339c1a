import type { AddressResolvers } from '../__generated__/resolvers-types.ts';
import { canSeeUser } from '../users/can-see-user.ts';

export const Address: AddressResolvers = {
  // Missing and hidden look the same: to tell them apart would tell which ids exist.
  __resolveReference: async ({ id }, { call, load }) => {
    const address = await load.addresses.load(id);
    return address !== null && canSeeUser(call.viewer, address.userId) ? address : null;
  },
};
