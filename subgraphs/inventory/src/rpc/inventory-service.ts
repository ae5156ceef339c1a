import { implementRpc } from '@stoa/rpc';
import type { Context } from '../context.ts';
import { inventoryRpc } from './client.ts';
import { commitReservation } from './commit.ts';
import { getAvailability } from './get-availability.ts';
import { releaseReservation } from './release.ts';
import { reserveStock } from './reserve.ts';
import { restockUnits } from './restock.ts';

/**
 * Answers the contract in proto/. Whose context a call carries is not looked at: orders calls for the buyer it serves,
 * guests included, and a signed context at this port proves that a fellow service calls, since only those know the
 * secret and the router sends nobody here.
 */
export const inventoryService = implementRpc<(typeof inventoryRpc)['service'], Context>(inventoryRpc, {
  reserve: reserveStock,
  commit: commitReservation,
  release: releaseReservation,
  restock: restockUnits,
  getAvailability,
});
