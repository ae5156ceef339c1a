import { describe, expect, it } from 'vitest';
import { shareOfLine } from './share-of-line.ts';

describe('the share of a line', () => {
  it.each([
    [{ total: 1_000, quantity: 3 }, [1, 1, 1], [333, 333, 334]],
    [{ total: 1_000, quantity: 3 }, [2, 1], [666, 334]],
    [{ total: 1_000, quantity: 3 }, [3], [1_000]],
    [{ total: 1, quantity: 4 }, [1, 1, 1, 1], [0, 0, 0, 1]],
    [{ total: 0, quantity: 2 }, [1, 1], [0, 0]],
    [{ total: 9_007_199_254_740_991, quantity: 1_000 }, [999, 1], [8_998_192_055_486_250, 9_007_199_254_741]],
  ])('of %o in parts of %o is %o', (line, parts, shares) => {
    let before = 0;
    const found = parts.map((units) => {
      const share = shareOfLine(line, before, units);
      before += units;
      return share;
    });
    expect(found).toEqual(shares);
    expect(found.reduce((sum, share) => sum + share, 0)).toBe(line.total);
  });
});
