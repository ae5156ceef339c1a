import { Failure } from '@stoa/errors';
import type { CallContext, Viewer } from './call-context.ts';

/** A viewer who is a signed-in user. */
export interface UserViewer extends Viewer {
  readonly kind: 'user';
  readonly id: string;
}

export function isUser(viewer: Viewer): viewer is UserViewer {
  return viewer.kind === 'user' && viewer.id !== null;
}

export function hasRole(viewer: Viewer, role: string): boolean {
  return viewer.roles.includes(role);
}

/** @throws {Failure} unauthenticated unless a user is signed in */
export function requireViewer({ viewer }: Pick<CallContext, 'viewer'>): UserViewer {
  if (isUser(viewer)) return viewer;
  throw new Failure('unauthenticated', 'Sign in first: expected an access token in the Authorization header');
}

/** @throws {Failure} unauthenticated for a guest, forbidden for a user without the role */
export function requireRole(context: Pick<CallContext, 'viewer'>, role: string): UserViewer {
  const viewer = requireViewer(context);
  if (hasRole(viewer, role)) return viewer;
  throw new Failure('forbidden', `This needs the role ${role}`);
}

/** @throws {Failure} forbidden unless another service of the system calls on its own behalf or for a user it serves */
export function requireService({ viewer }: Pick<CallContext, 'viewer'>): Viewer {
  if (viewer.kind === 'service') return viewer;
  throw new Failure('forbidden', 'Only a service may call this');
}
