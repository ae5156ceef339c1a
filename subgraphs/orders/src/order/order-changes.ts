import { followedBy, type Stream } from '@stoa/streams';
import type { Context } from '../context.ts';
import * as events from '../events.ts';

/** All events of this domain: each tells its order. */
export const orderEvents = Object.values(events);

/** Tells at once, and then whenever an order has changed, that it is to be read. */
export function orderChanges({ hear }: Pick<Context, 'hear'>, orderId: string): Stream<unknown> {
  return followedBy(
    'now',
    hear<{ readonly orderId: string }>(orderEvents, (event) => event.orderId === orderId),
  );
}
