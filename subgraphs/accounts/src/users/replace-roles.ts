import type { EntityManager } from '@stoa/database';
import type { Role } from './roles.ts';
import type { User } from './user.entity.ts';
import { UserRole } from './user-role.entity.ts';

/** Gives a user these roles in place of those they had. The user is locked by the caller's transaction. */
export async function replaceRoles(
  tx: EntityManager,
  user: User,
  roles: readonly Role[],
  now: Date,
): Promise<void> {
  await tx.nativeDelete(UserRole, { userId: user.id });
  for (const role of roles) tx.create(UserRole, { userId: user.id, role }, { persist: true });
  user.updatedAt = now;
}
