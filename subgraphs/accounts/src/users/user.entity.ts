import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties } from '@stoa/database';

/** Somebody with an account. */
export const User = defineEntity({
  name: 'User',
  // `user` is a reserved word of SQL.
  tableName: 'user_account',
  properties: {
    ...baseProperties,
    /** As it was given, without the spaces around it. */
    email: p.string().length(254),
    /** What tells one address from another: see `emailKey`. Unique. */
    emailKey: p.string().length(254),
    name: p.string().length(100),
    /** Argon2id in PHC form. */
    passwordHash: p.string().length(255),
    /** Whether the password is that of a demo account, which everybody knows. */
    hasDemoPassword: p.boolean(),
    emailVerifiedAt: p.datetime(3).nullable(),
  },
});

export type User = InferEntity<typeof User>;
