import type { CartRecord } from '../cart/cart-record.ts';
import type { OrderRecord } from '../order/order-record.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { toUserError, type UserErrorOf } from './user-error.ts';

/** A cart, or why there is none, as a member of a result's union. */
export function toCartResult<R extends Refusal = never>(
  answer: CartRecord | R,
): ({ __typename: 'Cart' } & CartRecord) | UserErrorOf<R> {
  return isRefusal(answer) ? toUserError(answer as R) : { __typename: 'Cart', ...(answer as CartRecord) };
}

/** An order, or why there is none, as a member of a result's union. */
export function toOrderResult<R extends Refusal = never>(
  answer: OrderRecord | R,
): ({ __typename: 'Order' } & OrderRecord) | UserErrorOf<R> {
  return isRefusal(answer) ? toUserError(answer as R) : { __typename: 'Order', ...(answer as OrderRecord) };
}
