import type { EntityManager } from '@stoa/database';
import { type Role, sortRoles } from './roles.ts';
import { UserRole } from './user-role.entity.ts';

/** The roles of one user, lowest first. Within a transaction, give its own entity manager. */
export async function rolesOf(em: EntityManager, userId: string): Promise<readonly Role[]> {
  const held = await em.find(UserRole, { userId }, { disableIdentityMap: true });
  return sortRoles(held.map(({ role }) => role));
}
