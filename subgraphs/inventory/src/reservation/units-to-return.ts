import { Failure } from '@stoa/errors';
import type { RestockedLine } from './restock.entity.ts';

export interface Units {
  readonly variantId: string;
  readonly quantity: number;
}

/**
 * Spreads units that come back over the locations they were taken from, in the order of the locations.
 * @param taken what the reservation took
 * @param returned what has come back before
 * @throws {Failure} bad-input when a variant is named twice, a quantity is below 1, or more would come back than was taken
 */
export function unitsToReturn(
  taken: readonly RestockedLine[],
  returned: readonly RestockedLine[],
  wanted: readonly Units[],
): readonly RestockedLine[] {
  if (new Set(wanted.map(({ variantId }) => variantId)).size !== wanted.length)
    throw new Failure('bad-input', 'lines: expected each variant once');
  return wanted.flatMap(({ variantId, quantity }) => {
    if (!Number.isInteger(quantity) || quantity < 1)
      throw new Failure('bad-input', `lines: expected a quantity of 1 or more, found ${quantity}`);
    let left = quantity;
    const spread: RestockedLine[] = [];
    for (const place of [...taken].sort(byLocation).filter((line) => line.variantId === variantId)) {
      const units = Math.min(left, place.quantity - backAt(returned, place));
      if (units > 0) spread.push({ variantId, locationId: place.locationId, quantity: units });
      left -= Math.max(0, units);
    }
    if (left > 0)
      throw new Failure(
        'bad-input',
        `lines: ${quantity} of the variant ${variantId} cannot come back: ${quantity - left} were taken and are not back yet`,
      );
    return spread;
  });
}

function byLocation(one: RestockedLine, other: RestockedLine): number {
  return one.locationId < other.locationId ? -1 : 1;
}

function backAt(returned: readonly RestockedLine[], { variantId, locationId }: RestockedLine): number {
  return returned
    .filter((line) => line.variantId === variantId && line.locationId === locationId)
    .reduce((sum, line) => sum + line.quantity, 0);
}
