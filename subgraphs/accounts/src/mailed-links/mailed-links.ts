import type { Clock } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import { digest, newOpaqueToken } from '../tokens/opaque-token.ts';
import { type LinkPurpose, MailedLink } from './mailed-link.entity.ts';

/** How long a link is good, in seconds. */
export const lifetimeSeconds: Readonly<Record<LinkPurpose, number>> = {
  RESET_PASSWORD: 3_600,
  VERIFY_EMAIL: 86_400,
};

/** Where the page is that a link leads to. */
const pageOf: Readonly<Record<LinkPurpose, string>> = {
  RESET_PASSWORD: '/reset-password',
  VERIFY_EMAIL: '/verify-email',
};

export interface LinkRequest {
  readonly userId: string;
  readonly purpose: LinkPurpose;
  /** Without a slash at its end. */
  readonly publicUrl: string;
}

/** Adds a link to the unit of work; its token is in the URL alone. */
export function addLink(
  em: EntityManager,
  clock: Clock,
  { userId, purpose, publicUrl }: LinkRequest,
): string {
  const now = clock.now();
  const token = newOpaqueToken();
  const expiresAt = new Date(now.getTime() + lifetimeSeconds[purpose] * 1000);
  em.create(
    MailedLink,
    { tokenHash: digest(token), userId, purpose, createdAt: now, expiresAt },
    { persist: true },
  );
  return `${publicUrl}${pageOf[purpose]}?token=${token}`;
}

/** Whose link a token belongs to; null when it is unknown, used, expired, or for something else. */
export async function ownerOfLink(
  em: EntityManager,
  clock: Clock,
  token: string,
  purpose: LinkPurpose,
): Promise<string | null> {
  const link = await em.findOne(
    MailedLink,
    { tokenHash: digest(token), purpose, expiresAt: { $gt: clock.now() } },
    { disableIdentityMap: true },
  );
  return link?.userId ?? null;
}

/** Uses a link up, by one conditional statement: of two who use it at once, one is told that it was good. */
export async function useLink(
  tx: EntityManager,
  clock: Clock,
  token: string,
  purpose: LinkPurpose,
): Promise<boolean> {
  const good = { tokenHash: digest(token), purpose, expiresAt: { $gt: clock.now() } };
  return (await tx.nativeDelete(MailedLink, good)) === 1;
}

/** Makes a user's links for a purpose worthless. */
export async function dropLinks(em: EntityManager, userId: string, purpose: LinkPurpose): Promise<void> {
  await em.nativeDelete(MailedLink, { userId, purpose });
}

/** Forgets a user's links that nobody can use any more. */
export async function dropExpiredLinks(em: EntityManager, clock: Clock, userId: string): Promise<void> {
  await em.nativeDelete(MailedLink, { userId, expiresAt: { $lte: clock.now() } });
}
