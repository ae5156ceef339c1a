import type { EntityManager } from '@stoa/database';
import { demoAccounts } from '@stoa/seed';
import type { Process } from '@stoa/subgraph';
import type { calls } from './app.ts';
import { settingsOf, type shape } from './config.ts';
import { argon2Hasher } from './passwords/argon2-hasher.ts';
import { emailKey } from './users/email-address.ts';
import { User } from './users/user.entity.ts';
import { UserRole } from './users/user-role.entity.ts';

/** Adds the demo accounts to a database without users; never in production, where their passwords would be refused anyway. */
export async function seed({ config, database, clock }: Process<typeof shape, typeof calls>): Promise<void> {
  const { isProduction, passwordCost } = settingsOf(config);
  const em = database.em.fork() as EntityManager;
  if (isProduction || (await em.count(User)) > 0) return;

  const passwords = argon2Hasher(passwordCost);
  const now = clock.now();
  const hashed = demoAccounts().map(async (account) => ({
    account,
    passwordHash: await passwords.hash(account.password),
  }));
  for (const { account, passwordHash } of await Promise.all(hashed)) {
    em.create(
      User,
      {
        id: account.id,
        createdAt: now,
        updatedAt: now,
        email: account.email,
        emailKey: emailKey(account.email),
        name: account.name,
        passwordHash,
        hasDemoPassword: true,
        emailVerifiedAt: now,
      },
      { persist: true },
    );
    for (const role of account.roles) em.create(UserRole, { userId: account.id, role }, { persist: true });
  }
  await em.flush();
}
