import { requireViewer } from '@stoa/identity';
import type { Context } from '../context.ts';
import { excerpt, singleLine } from '../input/single-line.ts';
import { type UserRow, userRow } from './find-users.ts';
import { lockViewer } from './lock-user.ts';

export type UpdateProfileOutcome =
  | { readonly kind: 'updated'; readonly user: UserRow }
  | { readonly kind: 'invalid-input'; readonly field: string; readonly message: string };

/**
 * Changes the viewer's name; without one, nothing.
 * @throws {Failure} unauthenticated for a guest
 */
export async function updateProfile(
  { em, clock, call }: Context,
  request: { name?: string | null },
): Promise<UpdateProfileOutcome> {
  const viewer = requireViewer(call);
  const name = request.name === undefined ? undefined : singleLine(request.name ?? '', 100);
  if (name?.kind === 'bad') {
    const found = request.name === null ? 'null' : excerpt(request.name ?? '');
    return {
      kind: 'invalid-input',
      field: 'input.name',
      message: `Expected a name of ${name.expected}, found ${found}`,
    };
  }
  return em.transactional(
    async (tx): Promise<UpdateProfileOutcome> => {
      const user = await lockViewer(tx, viewer.id);
      if (name !== undefined && name.value !== user.name) {
        user.name = name.value;
        user.updatedAt = clock.now();
      }
      return { kind: 'updated', user: userRow(user) };
    },
    { clear: true },
  );
}
