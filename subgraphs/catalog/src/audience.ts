import { type CallContext, hasRole } from '@stoa/identity';

/** Who is shown what: staff see what was archived too. */
export type Audience = 'buyers' | 'staff';

export function audienceOf({ viewer }: Pick<CallContext, 'viewer'>): Audience {
  return hasRole(viewer, 'STAFF') ? 'staff' : 'buyers';
}
