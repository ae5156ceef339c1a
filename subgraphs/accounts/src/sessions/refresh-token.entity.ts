import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { Session } from './session.entity.ts';

/** A refresh token, known by its digest alone. Used ones are kept, to be recognised when they come back. */
export const RefreshToken = defineEntity({
  name: 'RefreshToken',
  tableName: 'refresh_token',
  properties: {
    tokenHash: p.string().length(43).primary(),
    sessionId: () => p.manyToOne(Session).mapToPk().fieldName('session_id'),
    createdAt: p.datetime(3),
    usedAt: p.datetime(3).nullable(),
  },
});

export type RefreshToken = InferEntity<typeof RefreshToken>;
