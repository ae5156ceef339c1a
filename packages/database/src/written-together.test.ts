import { expect, test, vi } from 'vitest';
import { writtenTogether } from './index.ts';

test('what comes while a write is under way goes together as the next, no more than may', async () => {
  const write = vi.fn(async (_items: readonly number[]) => new Promise(setImmediate));
  const put = writtenTogether(write, 3);
  const first = [put(1), put(2)];
  await Promise.resolve();
  await Promise.resolve();
  const later = [3, 4, 5, 6].map(put);
  await Promise.all([...first, ...later]);
  expect(write.mock.calls.map(([items]) => items)).toEqual([[1, 2], [3, 4, 5], [6]]);
  await put(7);
  expect(write).toHaveBeenLastCalledWith([7]);
});

test('what cannot be written fails alone', async () => {
  const written: string[] = [];
  const put = writtenTogether(async (items: readonly string[]) => {
    if (items.includes('bad')) throw new Error('No room for bad');
    written.push(...items);
  });
  const outcomes = await Promise.allSettled(['a', 'bad', 'b'].map(put));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  await put('c');
  expect(written).toEqual(['a', 'b', 'c']);
});
