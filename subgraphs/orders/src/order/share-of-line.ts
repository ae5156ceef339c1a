/**
 * What some units of a line cost, when they are given back one part after the other: each part is rounded down against what
 * the parts so far cost together, so that all parts add up to the line's total exactly, whatever their sizes.
 * @param line its total in minor units, and of how many units
 * @param before how many units the parts before this one hold
 * @param units how many this part holds
 * @returns minor units
 */
export function shareOfLine(
  { total, quantity }: { readonly total: number; readonly quantity: number },
  before: number,
  units: number,
): number {
  const upTo = (count: number) => Number((BigInt(total) * BigInt(count)) / BigInt(quantity));
  return upTo(before + units) - upTo(before);
}
