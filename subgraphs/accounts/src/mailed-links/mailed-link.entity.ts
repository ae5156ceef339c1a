import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { User } from '../users/user.entity.ts';

/** What following a mailed link does. */
export type LinkPurpose = 'RESET_PASSWORD' | 'VERIFY_EMAIL';

/** The token of a link that was mailed, known by its digest alone. It is deleted when it is used. */
export const MailedLink = defineEntity({
  name: 'MailedLink',
  tableName: 'mailed_link',
  properties: {
    tokenHash: p.string().length(43).primary(),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id'),
    purpose: p.string().$type<LinkPurpose>(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
  },
});

export type MailedLink = InferEntity<typeof MailedLink>;
