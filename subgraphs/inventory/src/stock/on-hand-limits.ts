import { isId } from '@stoa/clock';
import { type InvalidInput, invalidInput } from '../invalid-input.ts';
import type { ItemState } from './change-on-hand.ts';

/** Of one variant at one location; 20 such locations still fit into GraphQL's Int. */
export const maximumOnHand = 100_000_000;

/** Fewer units would be on hand than are reserved. */
export interface BelowReserved {
  readonly kind: 'below-reserved';
  readonly reserved: number;
  readonly onHand: number;
}

/** Why an item must not hold `onHand` units; null when it may. */
export function belowReserved({ reserved }: ItemState, onHand: number): BelowReserved | null {
  return onHand < reserved || onHand < 0 ? { kind: 'below-reserved', reserved, onHand } : null;
}

/**
 * Inventory cannot know which variants exist, but can tell what is no id.
 * @param path that of what has the id
 */
export function malformedVariantId(variantId: string, path = 'input'): InvalidInput | null {
  return isId(variantId) ? null : invalidInput(`${path}.variantId`, 'the id of a variant', variantId);
}
