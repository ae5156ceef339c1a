import type { UserResolvers } from '../__generated__/resolvers-types.ts';
import { canSeeUser } from '../users/can-see-user.ts';
import { sortRoles } from '../users/roles.ts';

export const User: UserResolvers = {
  // Missing and hidden look the same: to tell them apart would tell which ids exist.
  __resolveReference: ({ id }, { call, load }) => (canSeeUser(call.viewer, id) ? load.users.load(id) : null),
  roles: async ({ id }, _, { load }) => [...sortRoles((await load.roles.load(id)).map(({ role }) => role))],
  emailVerified: ({ emailVerifiedAt }) => emailVerifiedAt !== null,
  addresses: async ({ id }, _, { load }) => [...(await load.addressBooks.load(id))],
  defaultShippingAddress: async ({ id }, _, { load }) =>
    (await load.addressBooks.load(id)).find(({ isDefaultShipping }) => isDefaultShipping) ?? null,
  defaultBillingAddress: async ({ id }, _, { load }) =>
    (await load.addressBooks.load(id)).find(({ isDefaultBilling }) => isDefaultBilling) ?? null,
};
