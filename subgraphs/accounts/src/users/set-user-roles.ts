import { isId } from '@stoa/clock';
import { requireRole } from '@stoa/identity';
import type { Context } from '../context.ts';
import { type UserRow, userRow } from './find-users.ts';
import { lockUser } from './lock-user.ts';
import { replaceRoles } from './replace-roles.ts';
import { type Role, withLowerRoles } from './roles.ts';

export type SetUserRolesOutcome =
  | { readonly kind: 'set'; readonly user: UserRow }
  | { readonly kind: 'user-not-found' }
  | { readonly kind: 'invalid-input'; readonly field: string; readonly message: string };

/**
 * Sets what a user may do. Administrators cannot step down by themselves, so that one is always left.
 * @throws {Failure} unauthenticated for a guest, forbidden for anybody but an administrator
 */
export async function setUserRoles(
  { em, clock, call }: Context,
  request: { userId: string; roles: readonly Role[] },
): Promise<SetUserRolesOutcome> {
  const viewer = requireRole(call, 'ADMIN');
  const roles = withLowerRoles(request.roles);
  if (request.userId === viewer.id && !roles.includes('ADMIN')) {
    const message = 'Expected ADMIN among your own roles: another administrator has to take it from you';
    return { kind: 'invalid-input', field: 'input.roles', message };
  }
  if (!isId(request.userId)) return { kind: 'user-not-found' };
  return em.transactional(
    async (tx): Promise<SetUserRolesOutcome> => {
      const user = await lockUser(tx, request.userId);
      if (user === null) return { kind: 'user-not-found' };
      await replaceRoles(tx, user, roles, clock.now());
      return { kind: 'set', user: userRow(user) };
    },
    { clear: true },
  );
}
