import { vi } from 'vitest';

/** Tries until it does not throw, for as long as a busy machine may need. */
export function eventually<Outcome>(work: () => Outcome | Promise<Outcome>): Promise<Outcome> {
  return vi.waitFor(work, { timeout: 20_000, interval: 10 });
}
