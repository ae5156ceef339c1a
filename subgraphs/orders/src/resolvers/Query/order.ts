import { isId } from '@stoa/clock';
import { Failure } from '@stoa/errors';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { canReadOrder } from '../../order/order-access.ts';

export const order: QueryResolvers['order'] = async (_, { id, number }, { orders, viewer }) => {
  if (typeof id === 'string' && typeof number !== 'string') {
    const found = isId(id) ? await orders.byId.load(id) : null;
    // Missing and not yours get the same answer, so that a guess tells nothing.
    return found !== null && canReadOrder(viewer, found, 'id') ? found : null;
  }
  if (typeof number === 'string' && typeof id !== 'string') {
    const found = await orders.byNumber.load(number);
    return found !== null && canReadOrder(viewer, found, 'number') ? found : null;
  }
  throw new Failure('bad-input', 'Expected exactly one of `id` and `number`');
};
