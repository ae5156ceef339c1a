/** Units of one variant. */
export interface VariantUnits {
  readonly variantId: string;
  readonly quantity: number;
}

/** Adds up lines of the same variant, whatever their location. In the order in which the variants first appear. */
export function unitsByVariant(lines: readonly VariantUnits[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { variantId, quantity } of lines) units.set(variantId, (units.get(variantId) ?? 0) + quantity);
  return units;
}
