/** How long to wait after a failure: twice as long each time, up to the longest. */
export function retryDelayMs(
  attempts: number,
  { firstRetryMs, longestRetryMs }: { readonly firstRetryMs: number; readonly longestRetryMs: number },
): number {
  return Math.min(firstRetryMs * 2 ** (attempts - 1), longestRetryMs);
}
