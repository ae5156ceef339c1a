import { Random } from './random.ts';

/** When the demo shop opened, in milliseconds since 1970; no id is older. */
export const OPENED_AT_MS = Date.UTC(2026, 0, 1);

/**
 * Gives UUIDv7 strings (RFC 9562, section 5.7) in ascending order: the first carries the time `startMs`
 * (milliseconds since 1970), each later one a millisecond more; the 74 random bits come from `seed`.
 */
export function idSequence(startMs: number, seed: number): () => string {
  const random = new Random(seed);
  let timeMs = startMs;
  return () => {
    const time = hex(timeMs++, 12);
    const word = random.uint32();
    return [
      time.slice(0, 8),
      time.slice(8),
      `7${hex(word & 0xfff, 3)}`,
      hex(0x8000 | ((word >>> 12) & 0x3fff), 4),
      hex(random.uint32(), 8) + hex(random.uint32() & 0xffff, 4),
    ].join('-');
  };
}

/** The ids of what was set up on opening day; each kind of thing has an hour of its own, so that none overlap. */
export function openingDayIds(hour: number): () => string {
  return idSequence(OPENED_AT_MS + hour * 3_600_000, hour);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
