import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AdmissionOptions, admission } from './admission.ts';

/** Work that goes on until it is told to end. */
function pieces(options: AdmissionOptions) {
  const { run } = admission(options);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const start = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        run(() => {
          begun.push(index);
          return new Promise<number>((resolve) => {
            ends[index] = () => resolve(index);
          });
        }),
      ),
    );
  return { start, begun, end: (index: number) => ends[index]?.() };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('operations at once', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('begin as others end while there is no time to spare, in their order', async () => {
    const { start, begun, end } = pieces({ atOnce: 2, hasTime: () => false });
    const all = start(5);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(begun).toEqual([0, 1]);
    end(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toEqual([0, 1, 2]);
    for (const index of [0, 2, 3, 4]) {
      end(index);
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(await all).toEqual([0, 1, 2, 3, 4]);
  });

  it('begin without waiting for others where there is, twice as many at each look', async () => {
    const { start, begun } = pieces({ atOnce: 2, hasTime: () => true });
    void start(100);
    const counts: number[] = [];
    for (let look = 0; look < 4; look += 1) {
      await vi.advanceTimersByTimeAsync(5);
      counts.push(begun.length);
    }
    expect(counts).toEqual([4, 8, 16, 32]);
    await vi.advanceTimersByTimeAsync(20);
    expect(begun).toEqual(upTo(100));
  });

  it('begin more slowly again once there was none', async () => {
    let hasTime = true;
    const { start, begun } = pieces({ atOnce: 1, hasTime: () => hasTime });
    void start(20);
    await vi.advanceTimersByTimeAsync(10);
    expect(begun).toHaveLength(1 + 1 + 2);
    hasTime = false;
    await vi.advanceTimersByTimeAsync(10);
    expect(begun).toHaveLength(4);
    hasTime = true;
    await vi.advanceTimersByTimeAsync(5);
    expect(begun).toHaveLength(5);
  });

  it('all begin where they are not bounded', async () => {
    const { start, begun } = pieces({ atOnce: 0, hasTime: () => false });
    void start(100);
    expect(begun).toHaveLength(100);
  });

  it('that fail make room for others', async () => {
    const { run } = admission({ atOnce: 1, hasTime: () => false });
    const failing = run(async () => {
      throw new Error('after all');
    });
    const next = run(async () => 'done');
    await expect(failing).rejects.toThrow('after all');
    expect(await next).toBe('done');
  });
});

it('a thread that waits has time to spare, and one that works has none', async () => {
  const waits = pieces({ atOnce: 1 });
  void waits.start(3);
  await vi.waitFor(() => expect(waits.begun).toEqual(upTo(3)));

  const works = pieces({ atOnce: 1 });
  void works.start(3);
  for (let turn = 0; turn < 10; turn += 1) {
    const until = performance.now() + 20;
    while (performance.now() < until);
    await new Promise(setImmediate);
  }
  expect(works.begun).toEqual([0]);
});
