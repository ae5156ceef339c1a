import { expect, it } from 'vitest';
import { mergeLines } from './merge-lines.ts';

const line = (variantId: string, quantity: number) => ({ variantId, quantity });
const many = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => line(`${prefix}${index}`, 1));

it('adds up the same variant and appends the others', () => {
  expect(mergeLines([line('a', 1), line('b', 2)], [line('b', 3), line('c', 4)])).toEqual([
    line('a', 1),
    line('b', 5),
    line('c', 4),
  ]);
});

it('holds at most 1,000 of a variant', () => {
  expect(mergeLines([line('a', 999)], [line('a', 2)])).toEqual([line('a', 1_000)]);
});

it('has at most 100 lines, and keeps all of its own', () => {
  const merged = mergeLines(many(99, 'own-'), [...many(2, 'their-'), line('own-0', 5)]);
  expect(merged).toHaveLength(100);
  expect(merged[0]).toEqual(line('own-0', 6));
  expect(merged.at(-1)).toEqual(line('their-0', 1));
});
