import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties } from '@stoa/database';
import { User } from '../users/user.entity.ts';

/** An entry of a user's address book. */
export const Address = defineEntity({
  name: 'Address',
  tableName: 'address',
  properties: {
    ...baseProperties,
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id'),
    recipient: p.string().length(100),
    line1: p.string().length(200),
    line2: p.string().length(200).nullable(),
    city: p.string().length(100),
    region: p.string().length(100).nullable(),
    postalCode: p.string().length(20).nullable(),
    /** ISO 3166-1 alpha-2. */
    country: p.string().length(2),
    phone: p.string().length(30).nullable(),
    isDefaultShipping: p.boolean(),
    isDefaultBilling: p.boolean(),
  },
});

export type Address = InferEntity<typeof Address>;
