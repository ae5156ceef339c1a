import { maximumLines, maximumQuantity } from './cart-limits.ts';

interface Line {
  readonly variantId: string;
  readonly quantity: number;
}

/**
 * The lines of two carts in one: quantities of the same variant are added up. What does not fit is left out: more
 * than a line may hold, and lines of `theirs` beyond what a cart may have.
 */
export function mergeLines(own: readonly Line[], theirs: readonly Line[]): readonly Line[] {
  const merged = new Map(own.map(({ variantId, quantity }) => [variantId, quantity]));
  for (const { variantId, quantity } of theirs) {
    const held = merged.get(variantId);
    if (held === undefined && merged.size >= maximumLines) continue;
    merged.set(variantId, Math.min((held ?? 0) + quantity, maximumQuantity));
  }
  return [...merged].map(([variantId, quantity]) => ({ variantId, quantity }));
}
