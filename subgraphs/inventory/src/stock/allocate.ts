/** A location, and how many units of one variant can be taken there. */
export interface Place {
  readonly locationId: string;
  readonly available: number;
}

/** Units to take at a location. */
export interface Allocation {
  readonly locationId: string;
  readonly quantity: number;
}

/**
 * Chooses where units come from: the location that has most, so that one parcel will do whenever it can; where even
 * that one has too few, the rest from the next. Of two that have as much, the one with the lower id.
 * @returns null when all locations together have too few
 */
export function allocate(quantity: number, places: readonly Place[]): readonly Allocation[] | null {
  const fullestFirst = [...places].sort(
    (a, b) => b.available - a.available || (a.locationId < b.locationId ? -1 : 1),
  );
  const allocations: Allocation[] = [];
  let missing = quantity;
  for (const { locationId, available } of fullestFirst) {
    const taken = Math.min(missing, available);
    if (taken <= 0) break;
    allocations.push({ locationId, quantity: taken });
    missing -= taken;
  }
  return missing === 0 ? allocations : null;
}
