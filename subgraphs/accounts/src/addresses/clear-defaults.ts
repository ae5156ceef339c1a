import type { EntityManager } from '@stoa/database';
import { Address } from './address.entity.ts';

export interface Defaults {
  readonly isDefaultShipping: boolean;
  readonly isDefaultBilling: boolean;
}

/** Takes from a user's other addresses the marks that one of them is about to get: each user has one default of each sort. */
export async function clearDefaults(tx: EntityManager, userId: string, marks: Defaults): Promise<void> {
  if (marks.isDefaultShipping) {
    await tx.nativeUpdate(Address, { userId, isDefaultShipping: true }, { isDefaultShipping: false });
  }
  if (marks.isDefaultBilling) {
    await tx.nativeUpdate(Address, { userId, isDefaultBilling: true }, { isDefaultBilling: false });
  }
}
