/** When a key may sign, and until when it is published. */
interface Scheduled {
  readonly sequence: number;
  readonly activatesAt: Date;
  readonly retiresAt?: Date | null | undefined;
}

/** Clocks of machines differ by less than this, and a verifier may allow as much. */
const leewaySeconds = 60;

/**
 * The key that signs at a moment: the newest that is active. Where a clock lags behind the one that
 * made the first key, that key is taken all the same.
 */
export function signingKeyAt<Key extends Scheduled>(keys: readonly Key[], now: Date): Key | undefined {
  const newestFirst = keys.toSorted((one, other) => other.sequence - one.sequence);
  return newestFirst.find(({ activatesAt }) => activatesAt <= now) ?? newestFirst.at(-1);
}

/** The keys that a verifier may need at a moment, those to come among them. */
export function publishedAt<Key extends Scheduled>(keys: readonly Key[], now: Date): readonly Key[] {
  return keys.filter(({ retiresAt }) => !retiresAt || retiresAt > now);
}

/** Until when a key stays published whose successor signs from `successorActivatesAt` on: its last token lives that long. */
export function retirement(successorActivatesAt: Date, accessTokenSeconds: number): Date {
  return new Date(successorActivatesAt.getTime() + (accessTokenSeconds + leewaySeconds) * 1000);
}
