import { requireViewer } from '@stoa/identity';
import type { Context } from '../context.ts';
import { lockViewer } from '../users/lock-user.ts';
import { Address } from './address.entity.ts';
import { type AddressRequest, checkAddress } from './check-address.ts';
import { clearDefaults, type Defaults } from './clear-defaults.ts';
import { type AddressRow, addressRow } from './find-addresses.ts';

/** How many addresses a user may keep. */
export const maximumAddresses = 50;

export type AddAddressOutcome =
  | { readonly kind: 'added'; readonly address: AddressRow }
  | { readonly kind: 'too-many-addresses' }
  | { readonly kind: 'invalid-input'; readonly field: string; readonly message: string };

/**
 * Adds an address to the viewer's address book.
 * @throws {Failure} unauthenticated for a guest
 */
export async function addAddress(
  { em, clock, newId, call }: Context,
  request: AddressRequest & Partial<Defaults>,
): Promise<AddAddressOutcome> {
  const viewer = requireViewer(call);
  const checked = checkAddress(request);
  if (checked.kind === 'invalid-input') return checked;
  const { isDefaultShipping = false, isDefaultBilling = false } = request;
  return em.transactional(
    async (tx): Promise<AddAddressOutcome> => {
      const { id: userId } = await lockViewer(tx, viewer.id);
      if ((await tx.count(Address, { userId })) >= maximumAddresses) return { kind: 'too-many-addresses' };
      await clearDefaults(tx, userId, { isDefaultShipping, isDefaultBilling });
      const now = clock.now();
      const address = tx.create(
        Address,
        {
          id: newId(),
          createdAt: now,
          updatedAt: now,
          userId,
          ...checked.lines,
          isDefaultShipping,
          isDefaultBilling,
        },
        { persist: true },
      );
      return { kind: 'added', address: addressRow(address) };
    },
    { clear: true },
  );
}
