import { isId } from '@stoa/clock';
import { requireViewer } from '@stoa/identity';
import type { Context } from '../context.ts';
import { Address } from './address.entity.ts';

/**
 * Takes an address out of the viewer's address book.
 * @returns whether there was one; somebody else's counts as none, as in `updateAddress`
 * @throws {Failure} unauthenticated for a guest
 */
export async function removeAddress({ em, call }: Context, { id }: { id: string }): Promise<boolean> {
  const viewer = requireViewer(call);
  return isId(id) && (await em.nativeDelete(Address, { id, userId: viewer.id })) === 1;
}
