/** A source of repeatable choices (mulberry32): the same seed gives the same answers in the same order. */
export class Random {
  #state: number;

  /** `seed` is any 32-bit integer; neighbouring seeds give unlike answers. */
  constructor(seed: number) {
    // Neighbouring seeds (1, 2, 3, …) are spread over the whole range, or their first draws would look alike.
    this.#state = Math.imul(seed, 0x9e3779b1);
  }

  /** The next integer from 0 to 2^32 - 1. */
  uint32(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    const state = this.#state;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** An integer from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + Math.floor((this.uint32() / 2 ** 32) * (max - min + 1));
  }

  /** A copy of `items` in another order (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const chosen = this.integer(0, last);
      [shuffled[last], shuffled[chosen]] = [shuffled[chosen] as T, shuffled[last] as T];
    }
    return shuffled;
  }
}
