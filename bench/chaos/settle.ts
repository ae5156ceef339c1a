import { setTimeout as sleep } from 'node:timers/promises';
import { type Audit, audit } from './audit.ts';
import type { Stores } from './stores.ts';

/**
 * Audits a shop again and again until its books agree and nothing is under way, as workers finish what was left open.
 * @returns the last audit, with what still did not agree when the time was up
 */
export async function settle(stores: Stores, withinMs: number): Promise<Audit> {
  const until = Date.now() + withinMs;
  for (;;) {
    const result = await audit(stores);
    const isSettled = result.violations.length === 0 && result.unrelayed === 0;
    if (isSettled) return result;
    if (Date.now() > until)
      return result.unrelayed === 0
        ? result
        : { ...result, violations: [...result.violations, `${result.unrelayed} events were not relayed`] };
    await sleep(500);
  }
}
