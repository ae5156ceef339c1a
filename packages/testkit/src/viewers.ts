import type { Viewer } from '@stoa/identity';

/** A signed-in customer. */
export function customer(id: string): Viewer {
  return { kind: 'user', id, roles: ['CUSTOMER'], scopes: [], sessionId: `session-of-${id}` };
}

/** A member of the staff. */
export function staff(id = 'staff'): Viewer {
  return { kind: 'user', id, roles: ['CUSTOMER', 'STAFF'], scopes: [], sessionId: `session-of-${id}` };
}
