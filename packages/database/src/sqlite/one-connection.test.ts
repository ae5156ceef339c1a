import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { oneConnection } from './one-connection.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('is opened once, and handed on in the order in which it was asked for', async () => {
  const open = vi.fn(async () => 'c');
  const one = oneConnection(open);
  const order: number[] = [];
  const use = async (number: number) => {
    expect(await one.acquire()).toBe('c');
    order.push(number);
    await Promise.resolve();
    one.release();
  };
  await Promise.all([1, 2, 3, 4].map(use));
  expect(order).toEqual([1, 2, 3, 4]);
  expect(open).toHaveBeenCalledTimes(1);
});

test('is opened anew by the next when that has failed', async () => {
  const open = vi.fn().mockRejectedValueOnce(new Error('No such folder')).mockResolvedValue('c');
  const one = oneConnection(open);
  const outcomes = await Promise.allSettled([one.acquire(), one.acquire()]);
  expect(outcomes).toEqual([
    { status: 'rejected', reason: new Error('No such folder') },
    { status: 'fulfilled', value: 'c' },
  ]);
});

test('is not waited for longer than a minute', async () => {
  const one = oneConnection(async () => 'c');
  await one.acquire();
  const late = expect(one.acquire()).rejects.toThrow('The connection was not free within 60 seconds');
  await vi.advanceTimersByTimeAsync(60_000);
  await late;
  one.release();
  expect(await one.acquire()).toBe('c');
});

test('ends when whoever has it has done, and for those who wait at once', async () => {
  const one = oneConnection(async () => 'c');
  await one.acquire();
  const waiting = expect(one.acquire()).rejects.toThrow('The connection is closed');
  let ended: string | undefined | null = null;
  const ending = one.end().then((last) => {
    ended = last;
  });
  await waiting;
  expect(ended).toBeNull();
  one.release();
  await ending;
  expect(ended).toBe('c');
  expect(await oneConnection(async () => 'c').end()).toBeUndefined();
});
