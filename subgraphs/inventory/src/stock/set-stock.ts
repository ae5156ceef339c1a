import type { EntityManager, Loader } from '@stoa/database';
import type { Actor } from '../actor.ts';
import { type InvalidInput, invalidInput } from '../invalid-input.ts';
import { changeOnHand, type ItemState } from './change-on-hand.ts';
import { type BelowReserved, belowReserved, malformedVariantId, maximumOnHand } from './on-hand-limits.ts';
import type { StockLevel } from './stock-levels.ts';

/** What was counted of a variant at a location. */
export interface StockCount {
  readonly variantId: string;
  readonly locationId: string;
  readonly onHand: number;
  /** The version that was looked at, 0 for an item that was never recorded; nothing is compared when left out. */
  readonly expectedVersion?: number | null;
}

export type SetStockOutcome =
  | { readonly kind: 'changed'; readonly item: StockLevel }
  | { readonly kind: 'location-not-found'; readonly locationId: string }
  | { readonly kind: 'stale'; readonly expectedVersion: number; readonly currentVersion: number }
  | BelowReserved
  | InvalidInput;

/** Sets what is on hand to what was counted; the first count records the item. */
export async function setStock(
  scope: Actor & Readonly<{ em: EntityManager; stockLocations: Loader<string, unknown> }>,
  count: StockCount,
): Promise<SetStockOutcome> {
  const fault = malformedVariantId(count.variantId) ?? malformedCount(count.onHand);
  if (fault !== null) return fault;
  const { locationId } = count;
  if ((await scope.stockLocations.load(locationId)) === null)
    return { kind: 'location-not-found', locationId };
  const result = await changeOnHand(scope.em, scope, count, { reason: 'COUNTED' }, (item) => {
    return (
      stale(item, count.expectedVersion) ?? belowReserved(item, count.onHand) ?? count.onHand - item.onHand
    );
  });
  return 'kind' in result ? result : { kind: 'changed', item: result };
}

function malformedCount(onHand: number): InvalidInput | null {
  if (onHand >= 0 && onHand <= maximumOnHand) return null;
  return invalidInput('input.onHand', `a number of units from 0 to ${maximumOnHand}`, onHand);
}

function stale({ version }: ItemState, expectedVersion: number | null | undefined) {
  if (expectedVersion == null || expectedVersion === version) return null;
  return { kind: 'stale', expectedVersion, currentVersion: version } as const;
}
