import { requireViewer } from '@stoa/identity';
import type { Context } from '../context.ts';
import { endSessions } from './end-sessions.ts';

/**
 * Ends the viewer's session, or all of them.
 * @returns how many were still open
 * @throws {Failure} unauthenticated for a guest
 */
export async function signOut(
  { call, em, clock }: Context,
  { everywhere }: { everywhere: boolean },
): Promise<number> {
  const viewer = requireViewer(call);
  if (everywhere) return endSessions(em, viewer.id, 'all', clock.now());
  if (viewer.sessionId === null) return 0;
  return endSessions(em, viewer.id, { only: viewer.sessionId }, clock.now());
}
