import type { AddressRow } from './addresses/find-addresses.ts';
import type { OpenSession } from './sessions/open-session.ts';
import type { UserRow } from './users/find-users.ts';

export type UserMapper = UserRow;
export type AddressMapper = AddressRow;
export type SessionMapper = OpenSession;
