import type { ShopPlace } from './shop-processes.ts';

/** How a proof went. */
export interface Outcome {
  /** One line. */
  readonly figures: string;
  /** What must not have happened, a sentence each; empty when all held. */
  readonly violations: readonly string[];
}

/** Breaks something on purpose and says what came of it. */
export interface Proof {
  /** As it is asked for on the command line. */
  readonly name: string;
  readonly title: string;
  /** Tells what is being done, for whoever waits. */
  run(place: ShopPlace, tell: (text: string) => void): Promise<Outcome>;
}

/** How often each of them occurs, as `Order:PAID 1, InsufficientStockError 99`. */
export function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${word} ${count}`).join(', ');
}
