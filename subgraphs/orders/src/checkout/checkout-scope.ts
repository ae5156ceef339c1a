import type { RequestScope } from '@stoa/subgraph';
import type { calls } from '../calls.ts';
import type { OrdersSettings } from '../config.ts';
import type { OrderChange } from '../order/move-order.ts';

/** What running a checkout needs: of a request, or of a worker that goes on with one. */
export interface CheckoutScope
  extends Pick<RequestScope<typeof calls>, 'em' | 'call' | 'clock' | 'newId' | 'logger' | 'services'> {
  readonly settings: OrdersSettings;
}

/** A change that a checkout makes to its order: the buyer's doing, or the shop's own. */
export function changeBy(
  { clock, newId, call }: CheckoutScope,
  by: { readonly buyerId: string | null } | 'shop',
): OrderChange & { readonly reason: null } {
  return {
    now: clock.now(),
    newId,
    requestId: call.requestId,
    actor: by === 'shop' ? 'SYSTEM' : 'BUYER',
    actorId: by === 'shop' ? null : by.buyerId,
    reason: null,
  };
}
