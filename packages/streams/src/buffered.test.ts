import { expect, it, vi } from 'vitest';
import { buffered } from './buffered.ts';

const overflow = () => new Error('too slow');
const never = new AbortController().signal;

async function* count(to: number): AsyncGenerator<number> {
  for (let number = 1; number <= to; number += 1) yield number;
}

/** A source that gives what it is told, and knows when it was ended. */
function source() {
  const ended = vi.fn();
  const given: number[] = [];
  let wake = () => {};
  return {
    ended,
    give(...numbers: number[]) {
      given.push(...numbers);
      wake();
    },
    async *open(signal: AbortSignal) {
      signal.addEventListener('abort', () => {
        ended();
        wake();
      });
      while (!signal.aborted) {
        for (let next = given.shift(); next !== undefined; next = given.shift()) yield next;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

it('gives what its source gives, in order, and ends with it', async () => {
  const seen: number[] = [];
  for await (const number of buffered({ open: () => count(3), most: 3, stop: never, overflow }))
    seen.push(number);
  expect(seen).toEqual([1, 2, 3]);
});

it('reads no more than the bound from a source whose reader is slow, and says so after what it has', async () => {
  let given = 0;
  const stream = buffered({
    async *open() {
      for (given = 1; given <= 1_000; given += 1) yield given;
    },
    most: 2,
    stop: never,
    overflow,
  });
  await vi.waitFor(() => expect(given).toBe(3));
  expect(await stream.next()).toEqual({ done: false, value: 1 });
  expect(await stream.next()).toEqual({ done: false, value: 2 });
  await expect(stream.next()).rejects.toThrow('too slow');
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(given).toBe(3);
});

it('ends its source when the reader leaves, also while the reader waits', async () => {
  const { open, ended } = source();
  const stream = buffered({ open, most: 2, stop: never, overflow });
  const waiting = stream.next();
  await stream.return();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(ended).toHaveBeenCalledOnce();
});

it('is ended from outside with a reason, after what was given before', async () => {
  const { open, ended, give } = source();
  const stop = new AbortController();
  const stream = buffered({ open, most: 2, stop: stop.signal, overflow });
  const first = stream.next();
  give(1);
  expect(await first).toEqual({ done: false, value: 1 });
  stop.abort(new Error('the router is stopping'));
  expect(ended).toHaveBeenCalledOnce();
  await expect(stream.next()).rejects.toThrow('the router is stopping');
});

it('passes on what its source fails with', async () => {
  const stream = buffered({
    // biome-ignore lint/correctness/useYield: it fails before it has anything to give.
    async *open(): AsyncGenerator<number> {
      throw new Error('lost');
    },
    most: 1,
    stop: never,
    overflow,
  });
  await expect(stream.next()).rejects.toThrow('lost');
  expect((await stream.next()).done).toBe(true);
});
