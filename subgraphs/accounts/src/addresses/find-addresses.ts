import { isId } from '@stoa/clock';
import { type EntityManager, type Knex, type Loader, loadMany, loadOne, readBoolean } from '@stoa/database';
import type { Address } from './address.entity.ts';
import type { AddressLines } from './check-address.ts';

/** What the graph shows of an address, and whose it is. */
export interface AddressRow extends AddressLines {
  readonly id: string;
  readonly userId: string;
  readonly isDefaultShipping: boolean;
  readonly isDefaultBilling: boolean;
}

/** Addresses by id. Says nothing of who may see them: see `canSeeUser`. */
export function addressLoader(em: EntityManager): Loader<string, AddressRow | null> {
  return loadOne(
    async (ids) => (await selectAddresses(em).whereIn('id', ids.filter(isId))).map(readRow),
    ({ id }) => id,
  );
}

/** The address books of users, by the user's id, oldest first. */
export function addressBookLoader(em: EntityManager): Loader<string, readonly AddressRow[]> {
  return loadMany(
    async (userIds) => (await selectAddresses(em).whereIn('user_id', userIds).orderBy('id')).map(readRow),
    ({ userId }) => userId,
  );
}

function selectAddresses(em: EntityManager): Knex.QueryBuilder {
  return em.getKnex()('address').select({
    id: 'id',
    userId: 'user_id',
    recipient: 'recipient',
    line1: 'line1',
    line2: 'line2',
    city: 'city',
    region: 'region',
    postalCode: 'postal_code',
    country: 'country',
    phone: 'phone',
    isDefaultShipping: 'is_default_shipping',
    isDefaultBilling: 'is_default_billing',
  });
}

function readRow(row: AddressRow): AddressRow {
  return {
    ...row,
    isDefaultShipping: readBoolean(row.isDefaultShipping),
    isDefaultBilling: readBoolean(row.isDefaultBilling),
  };
}

/** What the graph shows of an address at hand. */
export function addressRow(address: Address): AddressRow {
  const { id, userId, recipient, line1, city, country, isDefaultShipping, isDefaultBilling } = address;
  return {
    id,
    userId,
    recipient,
    line1,
    line2: address.line2 ?? null,
    city,
    region: address.region ?? null,
    postalCode: address.postalCode ?? null,
    country,
    phone: address.phone ?? null,
    isDefaultShipping,
    isDefaultBilling,
  };
}
