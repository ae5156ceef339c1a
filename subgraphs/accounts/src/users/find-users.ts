import { isId } from '@stoa/clock';
import { type EntityManager, type Loader, loadMany, loadOne, readTime } from '@stoa/database';
import type { Role } from './roles.ts';
import type { User } from './user.entity.ts';

/** What the graph shows of a user. */
export type UserRow = Pick<User, 'id' | 'email' | 'name' | 'createdAt'> & {
  readonly emailVerifiedAt: Date | null;
};

/** Users by id. Says nothing of who may see them: see `canSeeUser`. */
export function userLoader(em: EntityManager): Loader<string, UserRow | null> {
  return loadOne(
    async (ids) => {
      const rows = await em
        .getKnex()('user_account')
        .select('id', 'email', 'name', 'email_verified_at', 'created_at')
        .whereIn('id', ids.filter(isId));
      return rows.map(
        (row): UserRow => ({
          id: row.id,
          email: row.email,
          name: row.name,
          emailVerifiedAt: row.email_verified_at === null ? null : readTime(row.email_verified_at),
          createdAt: readTime(row.created_at),
        }),
      );
    },
    ({ id }) => id,
  );
}

/** The roles of users, by the user's id. */
export function roleLoader(em: EntityManager): Loader<string, readonly { userId: string; role: Role }[]> {
  return loadMany(
    async (userIds) =>
      em.getKnex()('user_role').select({ userId: 'user_id', role: 'role' }).whereIn('user_id', userIds),
    ({ userId }) => userId,
  );
}

/** What the graph shows of a user at hand. */
export function userRow({ id, email, name, emailVerifiedAt, createdAt }: User): UserRow {
  return { id, email, name, emailVerifiedAt: emailVerifiedAt ?? null, createdAt };
}
