import { defineEntity, p } from '@mikro-orm/core';
import type { Role } from './roles.ts';
import { User } from './user.entity.ts';

/** A role that a user holds. */
export const UserRole = defineEntity({
  name: 'UserRole',
  tableName: 'user_role',
  properties: {
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').primary(),
    role: p.string().$type<Role>().primary(),
  },
});
