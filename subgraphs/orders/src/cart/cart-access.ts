import { hasRole, isUser, type Viewer } from '@stoa/identity';

/** Whose a cart or an order is: a user's, or null for a guest's. */
interface Owned {
  readonly buyerId: string | null;
}

/** Who may read a cart: anybody who knows the id of a guest's, the user whose it is, and staff. */
export function canReadCart(viewer: Viewer, { buyerId }: Owned): boolean {
  return buyerId === null || isOwn(viewer, buyerId) || hasRole(viewer, 'STAFF');
}

/** Who may change a cart: as for reading it, but staff leave the carts of others alone. */
export function canChangeCart(viewer: Viewer, { buyerId }: Owned): boolean {
  return buyerId === null || isOwn(viewer, buyerId);
}

/** Whether what belongs to a user may be shown: to that user, and to staff. */
export function canReadUser(viewer: Viewer, userId: string): boolean {
  return isOwn(viewer, userId) || hasRole(viewer, 'STAFF');
}

function isOwn(viewer: Viewer, userId: string): boolean {
  return isUser(viewer) && viewer.id === userId;
}
