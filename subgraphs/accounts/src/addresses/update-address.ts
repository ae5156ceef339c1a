import { isId } from '@stoa/clock';
import { requireViewer } from '@stoa/identity';
import type { Context } from '../context.ts';
import { lockViewer } from '../users/lock-user.ts';
import { Address } from './address.entity.ts';
import { type AddressRequest, checkAddress } from './check-address.ts';
import { clearDefaults, type Defaults } from './clear-defaults.ts';
import { type AddressRow, addressRow } from './find-addresses.ts';

export type UpdateAddressOutcome =
  | { readonly kind: 'updated'; readonly address: AddressRow }
  | { readonly kind: 'address-not-found' }
  | { readonly kind: 'invalid-input'; readonly field: string; readonly message: string };

/** The change: what is undefined stays as it is. */
export type AddressChange = AddressRequest & {
  readonly [Mark in keyof Defaults]?: boolean | null | undefined;
};

/**
 * Changes an address of the viewer. One that is somebody else's is not found, as is one that does
 * not exist: an answer that told them apart would tell which ids exist.
 * @throws {Failure} unauthenticated for a guest
 */
export async function updateAddress(
  { em, clock, call }: Context,
  id: string,
  change: AddressChange,
): Promise<UpdateAddressOutcome> {
  const viewer = requireViewer(call);
  if (!isId(id)) return { kind: 'address-not-found' };
  return em.transactional(
    async (tx): Promise<UpdateAddressOutcome> => {
      await lockViewer(tx, viewer.id);
      const stored = await tx.findOne(Address, { id, userId: viewer.id }, { disableIdentityMap: true });
      if (stored === null) return { kind: 'address-not-found' };
      const before = addressRow(stored);
      const checked = checkAddress({ ...before, ...withoutUndefined(change) });
      if (checked.kind === 'invalid-input') return checked;

      const marks = {
        isDefaultShipping: change.isDefaultShipping ?? before.isDefaultShipping,
        isDefaultBilling: change.isDefaultBilling ?? before.isDefaultBilling,
      };
      await clearDefaults(tx, viewer.id, marks);
      const address = await tx.findOneOrFail(Address, { id });
      tx.assign(address, { ...checked.lines, ...marks, updatedAt: clock.now() });
      return { kind: 'updated', address: addressRow(address) };
    },
    { clear: true },
  );
}

function withoutUndefined(change: AddressChange): AddressRequest {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
