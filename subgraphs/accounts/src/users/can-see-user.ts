import { hasRole, isUser, type Viewer } from '@stoa/identity';

/** Whether a viewer may see a user and what is theirs: the user themselves and the staff may. */
export function canSeeUser(viewer: Viewer, userId: string): boolean {
  return isUser(viewer) && (viewer.id === userId || hasRole(viewer, 'STAFF'));
}
