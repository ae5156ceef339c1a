import { hasRole, type Viewer } from '@stoa/identity';

/**
 * Who sees a payment: its owner, the staff, and other services of the system. A guest's is seen by whoever has come to
 * know the order's id, which cannot be guessed.
 */
export function canSee(viewer: Viewer, { ownerId }: { readonly ownerId: string | null }): boolean {
  if (viewer.kind === 'service' || hasRole(viewer, 'STAFF')) return true;
  return ownerId === null || (viewer.kind === 'user' && viewer.id === ownerId);
}
