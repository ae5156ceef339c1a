import { setTimeout as sleep } from 'node:timers/promises';
import { type Audit, audit } from './audit.ts';
import type { EventWitness } from './event-witness.ts';
import type { Stores } from './stores.ts';

/**
 * Audits a shop again and again until its books agree and nothing is under way, as workers finish what was left open.
 * @param witness has heard what was told, where there is one; it has to agree with the books
 * @returns the last audit, with what still did not agree when the time was up
 */
export async function settle(
  stores: Stores,
  withinMs: number,
  witness: EventWitness | null = null,
): Promise<Audit> {
  const until = Date.now() + withinMs;
  for (;;) {
    const result = await audit(stores);
    const untold = result.unrelayed === 0 ? [] : [`${result.unrelayed} events were not relayed`];
    const isDone = result.violations.length + untold.length === 0;
    const heard = isDone && witness !== null ? await witness.contradictions(stores) : [];
    if (isDone && heard.length === 0) return result;
    if (Date.now() > until) return { ...result, violations: [...result.violations, ...untold, ...heard] };
    await sleep(500);
  }
}
