import type { EntityManager, Loader } from '@stoa/database';
import type { Actor } from '../actor.ts';
import { type InvalidInput, invalidInput } from '../invalid-input.ts';
import { changeOnHand } from './change-on-hand.ts';
import { type BelowReserved, belowReserved, malformedVariantId, maximumOnHand } from './on-hand-limits.ts';
import type { StockLevel } from './stock-levels.ts';

/** A change of what lies at a location. */
export interface StockAdjustment {
  readonly variantId: string;
  readonly locationId: string;
  /** Units that came, or with a minus units that went. */
  readonly delta: number;
  /** For the journal. */
  readonly reason: string;
}

export type AdjustStockOutcome =
  | { readonly kind: 'changed'; readonly item: StockLevel }
  | { readonly kind: 'location-not-found'; readonly locationId: string }
  | BelowReserved
  | InvalidInput;

/** Adds units to what is on hand, or takes some away; the first delivery records the item. */
export async function adjustStock(
  scope: Actor & Readonly<{ em: EntityManager; stockLocations: Loader<string, unknown> }>,
  adjustment: StockAdjustment,
): Promise<AdjustStockOutcome> {
  const { variantId, locationId, delta } = adjustment;
  const note = adjustment.reason.trim();
  const fault = malformedVariantId(variantId) ?? malformedDelta(delta) ?? malformedReason(note);
  if (fault !== null) return fault;
  if ((await scope.stockLocations.load(locationId)) === null)
    return { kind: 'location-not-found', locationId };
  const result = await changeOnHand(scope.em, scope, adjustment, { reason: 'ADJUSTED', note }, (item) => {
    return belowReserved(item, item.onHand + delta) ?? tooMany(item.onHand, delta) ?? delta;
  });
  return 'kind' in result ? result : { kind: 'changed', item: result };
}

function malformedDelta(delta: number): InvalidInput | null {
  if (delta !== 0) return null;
  return invalidInput('input.delta', 'a number of units that came or went, not 0', delta);
}

function malformedReason(note: string): InvalidInput | null {
  if (note.length >= 1 && note.length <= 200) return null;
  return invalidInput('input.reason', 'a reason of 1 to 200 characters', note);
}

function tooMany(onHand: number, delta: number): InvalidInput | null {
  if (onHand + delta <= maximumOnHand) return null;
  return invalidInput(
    'input.delta',
    `at most ${maximumOnHand} units on hand, of which ${onHand} are there`,
    delta,
  );
}
