import type { EntityManager, Loader } from '@stoa/database';
import type { Actor } from '../actor.ts';
import { type InvalidInput, invalidInput } from '../invalid-input.ts';
import { changeOnHand, changeOnHandOfMany, type ItemState } from './change-on-hand.ts';
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

type Scope = Actor & Readonly<{ em: EntityManager; stockLocations: Loader<string, unknown> }>;

/** Sets what is on hand to what was counted; the first count records the item. */
export async function setStock(scope: Scope, count: StockCount): Promise<SetStockOutcome> {
  const refusal = await refusalOf(scope, 'input', count);
  if (refusal !== null) return refusal;
  const result = await changeOnHand(scope.em, scope, count, { reason: 'COUNTED' }, (item) =>
    unitsToAdd(item, count),
  );
  return 'kind' in result ? result : { kind: 'changed', item: result };
}

/** How many counts one call may set. */
const maximumCounts = 500;

/**
 * Sets what is on hand of many items in one transaction, each as `setStock` does or not at all, whatever becomes of the others.
 * @returns what came of each, in the order given; or why none was looked at: too many, or an item twice
 */
export async function setStocks(
  scope: Scope,
  counts: readonly StockCount[],
): Promise<InvalidInput | { readonly kind: 'looked-at'; readonly outcomes: readonly SetStockOutcome[] }> {
  const fault = wrongCount(counts) ?? itemTwice(counts);
  if (fault !== null) return fault;
  const refusals = await Promise.all(
    counts.map((count, index) => refusalOf(scope, `input.counts.${index}`, count)),
  );
  const sound = counts.filter((_, index) => refusals[index] === null);
  const results = await changeOnHandOfMany(scope.em, scope, sound, { reason: 'COUNTED' }, (item, index) =>
    unitsToAdd(item, sound[index] as StockCount),
  );
  const changed = results.map(
    (result): SetStockOutcome => ('kind' in result ? result : { kind: 'changed', item: result }),
  );
  const outcomes = counts.map(
    (count, index) => refusals[index] ?? (changed[sound.indexOf(count)] as SetStockOutcome),
  );
  return { kind: 'looked-at', outcomes };
}

/** What is wrong with a count whatever is there. */
async function refusalOf(scope: Scope, path: string, count: StockCount) {
  const { variantId, locationId, onHand } = count;
  const fault = malformedVariantId(variantId, path) ?? malformedCount(onHand, path);
  if (fault !== null) return fault;
  const isKnown = (await scope.stockLocations.load(locationId)) !== null;
  return isKnown ? null : ({ kind: 'location-not-found', locationId } as const);
}

function unitsToAdd(item: ItemState, { onHand, expectedVersion }: StockCount) {
  return stale(item, expectedVersion) ?? belowReserved(item, onHand) ?? onHand - item.onHand;
}

function wrongCount({ length }: readonly StockCount[]): InvalidInput | null {
  if (length >= 1 && length <= maximumCounts) return null;
  return invalidInput('input.counts', `from 1 to ${maximumCounts} counts`, length);
}

function itemTwice(counts: readonly StockCount[]): InvalidInput | null {
  const seen = new Set<string>();
  for (const [index, { variantId, locationId }] of counts.entries()) {
    const key = `${variantId} ${locationId}`;
    if (seen.has(key)) {
      return invalidInput(`input.counts.${index}`, 'each variant once at a location', variantId);
    }
    seen.add(key);
  }
  return null;
}

function malformedCount(onHand: number, path: string): InvalidInput | null {
  if (onHand >= 0 && onHand <= maximumOnHand) return null;
  return invalidInput(`${path}.onHand`, `a number of units from 0 to ${maximumOnHand}`, onHand);
}

function stale({ version }: ItemState, expectedVersion: number | null | undefined) {
  if (expectedVersion == null || expectedVersion === version) return null;
  return { kind: 'stale', expectedVersion, currentVersion: version } as const;
}
