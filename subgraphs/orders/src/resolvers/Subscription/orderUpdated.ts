import { isId } from '@stoa/clock';
import { Failure } from '@stoa/errors';
import type {
  SubscriptionorderUpdatedArgs,
  SubscriptionResolvers,
} from '../../__generated__/resolvers-types.ts';
import type { Context } from '../../context.ts';
import { canReadOrder } from '../../order/order-access.ts';
import { orderChanges } from '../../order/order-changes.ts';
import type { OrderRecord } from '../../order/order-record.ts';

export const orderUpdated: SubscriptionResolvers['orderUpdated'] = {
  subscribe: async (_, { id }, context) => {
    // Heard from before it is read on, so that nothing happens in between.
    const changes = orderChanges(context, id);
    try {
      await readableOrder(id, context);
    } catch (error) {
      await changes.return();
      throw error;
    }
    return changes;
  },
  // Read anew for each event, and the right to read it is looked at again.
  resolve: (_: unknown, { id }: SubscriptionorderUpdatedArgs, context: Context) => readableOrder(id, context),
};

/** @throws {Failure} not-found, also for an order of somebody else: the same answer, so that a guess tells nothing */
async function readableOrder(id: string, { orders, viewer }: Context): Promise<OrderRecord> {
  const found = isId(id) ? await orders.byId.load(id) : null;
  if (found !== null && canReadOrder(viewer, found, 'id')) return found;
  throw new Failure('not-found', 'There is no such order');
}
