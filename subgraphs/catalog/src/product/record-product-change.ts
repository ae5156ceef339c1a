import type { EntityManager } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import { productChanged } from '../events.ts';
import type { Work } from '../work.ts';

/** Adds `catalog.product-changed.v1` to the unit of work that makes the change. */
export function recordProductChange(
  { clock, newId, call }: Work,
  tx: EntityManager,
  change: 'CREATED' | 'UPDATED' | 'ARCHIVED',
  productId: string,
  variantIds: readonly string[],
): void {
  const occurrence = {
    id: newId(),
    aggregateId: productId,
    requestId: call.requestId,
    occurredAt: clock.now(),
  };
  recordEvent(tx, productChanged, occurrence, { productId, change, variantIds: [...variantIds] });
}
