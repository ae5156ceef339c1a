import type { Clock } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { emailKey } from './email-address.ts';
import { lockUser } from './lock-user.ts';
import { replaceRoles } from './replace-roles.ts';
import { isRole, type Role, withLowerRoles } from './roles.ts';
import { rolesOf } from './roles-of.ts';
import { User } from './user.entity.ts';

/**
 * Gives a role, and the lower ones, to whoever has an account with the address. What they have already stays.
 * @returns the roles that they have now
 * @throws {Failure} bad-input for an unknown role, not-found for an unknown address
 */
export async function grantRole(
  em: EntityManager,
  clock: Clock,
  { email, role }: { email: string; role: string },
): Promise<readonly Role[]> {
  if (!isRole(role)) {
    throw new Failure(
      'bad-input',
      `Expected an e-mail address and CUSTOMER, STAFF or ADMIN, found ${JSON.stringify(role)}`,
    );
  }
  return em.transactional(
    async (tx) => {
      const found = await tx.findOne(User, { emailKey: emailKey(email) });
      const user = found === null ? null : await lockUser(tx, found.id);
      if (user === null) throw new Failure('not-found', `Nobody has signed up with the address ${email}`);
      const roles = withLowerRoles([...(await rolesOf(tx, user.id)), role]);
      await replaceRoles(tx, user, roles, clock.now());
      return roles;
    },
    { clear: true },
  );
}
