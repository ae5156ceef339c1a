import { streamEnds } from './stream-ends.ts';

/** The longest that a timer of Node waits. */
const longestWaitMs = 2_147_483_647;

/** Tells when an access token has expired. */
export interface Expiry {
  readonly signal: AbortSignal;
  /** Waits no longer. */
  forget(): void;
}

/** @param expiresAt null for a caller whose right to ask does not end */
export function expiryOf(expiresAt: Date | null): Expiry {
  const expired = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const wait = (until: number) => {
    const left = until - Date.now();
    if (left <= 0) expired.abort(streamEnds.expired());
    else timer = setTimeout(() => wait(until), Math.min(left, longestWaitMs)).unref();
  };
  if (expiresAt !== null) wait(expiresAt.getTime());
  return { signal: expired.signal, forget: () => clearTimeout(timer) };
}
