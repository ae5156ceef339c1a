/**
 * The one of the middle value; of an even number, the higher of the two.
 * @throws {Error} when there is none
 */
export function middleBy<Item>(items: readonly Item[], costOf: (item: Item) => number): Item {
  const sorted = [...items].sort((one, other) => costOf(one) - costOf(other));
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('Expected at least one');
  return middle;
}
