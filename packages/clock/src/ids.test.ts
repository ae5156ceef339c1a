import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { isId, newId } from './index.ts';

const timeOf = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16);

describe('an id', () => {
  it('sorts after those that were made before, however many there are, and is of its own', () => {
    const ids = Array.from({ length: 5_000 }, newId);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids.map((id) => id.slice(-10))).size).toBe(ids.length);
    expect(ids.every(isId)).toBe(true);
  });

  it('tells when it was made, and still sorts where the clock goes back', () => {
    // Past all that were made before.
    vi.useFakeTimers({ now: Date.now() + 3_600_000 });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const first = newId();
    expect(timeOf(first)).toBe(Date.now());
    vi.setSystemTime(Date.now() - 60_000);
    const second = newId();
    expect(second > first).toBe(true);
    expect(timeOf(second)).toBe(timeOf(first));
  });
});
