import { Failure } from '@stoa/errors';
import { unitsByVariant, type VariantUnits } from './units-by-variant.ts';

const maximumLines = 500;
const maximumUnits = 1_000_000;

/**
 * What is wanted of each variant: lines of the same variant are added up.
 * @throws {Failure} bad-input for no lines or more than 500, a line without a variant, a quantity that is not from 1 up
 * to a million in all
 */
export function wantedUnits(lines: readonly VariantUnits[]): ReadonlyMap<string, number> {
  if (lines.length < 1 || lines.length > maximumLines) {
    throw new Failure('bad-input', `Expected 1 to ${maximumLines} lines, found ${lines.length}`);
  }
  for (const { variantId, quantity } of lines) {
    if (variantId === '') throw new Failure('bad-input', 'Expected a variant id in every line, found none');
    if (quantity < 1) {
      throw new Failure('bad-input', `Expected at least 1 of variant ${variantId}, found ${quantity}`);
    }
  }
  const units = unitsByVariant(lines);
  for (const [variantId, quantity] of units) {
    if (quantity > maximumUnits) {
      throw new Failure(
        'bad-input',
        `Expected at most ${maximumUnits} of variant ${variantId}, found ${quantity}`,
      );
    }
  }
  return units;
}
