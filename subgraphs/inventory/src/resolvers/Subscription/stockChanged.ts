import { followedBy } from '@stoa/streams';
import type {
  SubscriptionResolvers,
  SubscriptionstockChangedArgs,
} from '../../__generated__/resolvers-types.ts';
import { stockChanged as changed } from '../../events.ts';

/** Availability is for everybody to see, as it is on the variant itself. */
export const stockChanged: SubscriptionResolvers['stockChanged'] = {
  subscribe: (_, { variantId }, { hear }) =>
    followedBy(
      'now',
      hear([changed], (event) => event.variantId === variantId),
    ),
  // Its availability is read anew for each event, and so is what other subgraphs know of it.
  resolve: (_: unknown, { variantId }: SubscriptionstockChangedArgs) => ({ id: variantId }),
};
