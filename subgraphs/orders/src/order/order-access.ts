import { hasRole, isUser, type Viewer } from '@stoa/identity';

/**
 * Who may read an order: the user whose it is, and staff. A guest's may be read by anybody who knows its id, which
 * cannot be guessed; not by its number, which can.
 * @param by what the viewer named the order by
 */
export function canReadOrder(
  viewer: Viewer,
  { buyerId }: { readonly buyerId: string | null },
  by: 'id' | 'number',
): boolean {
  if (hasRole(viewer, 'STAFF')) return true;
  return buyerId === null ? by === 'id' : isUser(viewer) && viewer.id === buyerId;
}
