import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { PublicJwk } from './key-pair.ts';

/** A key pair that signs access tokens. */
export const SigningKey = defineEntity({
  name: 'SigningKey',
  tableName: 'signing_key',
  properties: {
    kid: p.string().length(36).primary(),
    /** 1 for the first key of the database, one more with each rotation. */
    sequence: p.integer(),
    /** PKCS #8 PEM, encrypted: see `sealPrivateKey`. */
    privateKey: p.text(),
    publicJwk: p.json<PublicJwk>(),
    createdAt: p.datetime(3),
    /** From when on it signs. It is published from `createdAt` on. */
    activatesAt: p.datetime(3),
    /** From when on it is not published, as no token signed with it is left; null for the newest key. */
    retiresAt: p.datetime(3).nullable(),
  },
});

export type SigningKey = InferEntity<typeof SigningKey>;
