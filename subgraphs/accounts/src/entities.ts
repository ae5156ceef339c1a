import { OutboxEvent } from '@stoa/events';
import { Address } from './addresses/address.entity.ts';
import { SigningKey } from './keys/signing-key.entity.ts';
import { MailedLink } from './mailed-links/mailed-link.entity.ts';
import { RefreshToken } from './sessions/refresh-token.entity.ts';
import { Session } from './sessions/session.entity.ts';
import { User } from './users/user.entity.ts';
import { UserRole } from './users/user-role.entity.ts';

/** Everything that the unit of work can write. */
export const entities = [OutboxEvent, User, UserRole, Address, Session, RefreshToken, MailedLink, SigningKey];
