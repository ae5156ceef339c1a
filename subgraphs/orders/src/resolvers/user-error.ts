import type { Refusal } from '../refusal.ts';

type Kind = Refusal['refused'];
type RefusalOf<K extends Kind> = Extract<Refusal, { refused: K }>;

/** How each refusal is told: its type in the schema, its code, and words for people. */
const errors = {
  'cart-not-found': ({ cartId }: RefusalOf<'cart-not-found'>) => ({
    __typename: 'CartNotFoundError' as const,
    code: 'CART_NOT_FOUND' as const,
    message: `There is no cart ${cartId}`,
    cartId,
  }),
  'cart-closed': ({ cartId, orderId }: RefusalOf<'cart-closed'>) => ({
    __typename: 'CartClosedError' as const,
    code: 'CART_CLOSED' as const,
    message: 'This cart was ordered and can no longer be changed: open another',
    cartId,
    orderId,
  }),
  'cart-locked': ({ cartId }: RefusalOf<'cart-locked'>) => ({
    __typename: 'CartLockedError' as const,
    code: 'CART_LOCKED' as const,
    message: 'This cart is being bought and cannot be changed meanwhile',
    cartId,
  }),
  'cart-line-not-found': ({ lineId }: RefusalOf<'cart-line-not-found'>) => ({
    __typename: 'CartLineNotFoundError' as const,
    code: 'CART_LINE_NOT_FOUND' as const,
    message: `The cart has no line ${lineId}`,
    lineId,
  }),
  'cart-empty': ({ cartId }: RefusalOf<'cart-empty'>) => ({
    __typename: 'CartEmptyError' as const,
    code: 'CART_EMPTY' as const,
    message: 'There is nothing in this cart: add an item first',
    cartId,
  }),
  'variant-not-found': ({ variantId }: RefusalOf<'variant-not-found'>) => ({
    __typename: 'VariantNotFoundError' as const,
    code: 'VARIANT_NOT_FOUND' as const,
    message: `There is no variant ${variantId} on sale`,
    variantId,
  }),
  'variant-not-priced': ({ variantId, currency }: RefusalOf<'variant-not-priced'>) => ({
    __typename: 'VariantNotPricedError' as const,
    code: 'VARIANT_NOT_PRICED' as const,
    message: `The variant ${variantId} has no price in ${currency}`,
    variantId,
    currency,
  }),
  'insufficient-stock': ({ shortages }: RefusalOf<'insufficient-stock'>) => ({
    __typename: 'InsufficientStockError' as const,
    code: 'INSUFFICIENT_STOCK' as const,
    message: `There are ${shortages[0].available} of the ${shortages[0].requested} asked for`,
    ...shortages[0],
    shortages,
  }),
  'coupon-rejected': ({ couponCode }: RefusalOf<'coupon-rejected'>) => ({
    __typename: 'CouponRejectedError' as const,
    code: 'COUPON_REJECTED' as const,
    message: `The coupon ${couponCode} is unknown, over, or does not apply to what is in the cart`,
    couponCode,
  }),
  'total-changed': ({ expected, total }: RefusalOf<'total-changed'>) => ({
    __typename: 'TotalChangedError' as const,
    code: 'TOTAL_CHANGED' as const,
    message: `Expected a total of ${expected.amount} ${expected.currency}, but it is ${total.amount} ${total.currency} now (minor units)`,
    total,
  }),
  'idempotency-key-reused': () => ({
    __typename: 'IdempotencyKeyReusedError' as const,
    code: 'IDEMPOTENCY_KEY_REUSED' as const,
    message: 'This key was used before, for something else: choose a new one',
  }),
  'checkout-in-progress': ({ cartId }: RefusalOf<'checkout-in-progress'>) => ({
    __typename: 'CheckoutInProgressError' as const,
    code: 'CHECKOUT_IN_PROGRESS' as const,
    message: 'This cart is being bought by another request: ask again in a moment, with the key of that one',
    cartId,
  }),
  'payment-declined': ({ orderId, declineCode, reason, isRetryable }: RefusalOf<'payment-declined'>) => ({
    __typename: 'PaymentDeclinedError' as const,
    code: 'PAYMENT_DECLINED' as const,
    message: reason,
    orderId,
    declineCode,
    retryable: isRetryable,
  }),
  'payment-action-required': ({ orderId, actionUrl }: RefusalOf<'payment-action-required'>) => ({
    __typename: 'PaymentActionRequiredError' as const,
    code: 'PAYMENT_ACTION_REQUIRED' as const,
    message: 'Confirm the payment at actionUrl, then place the order again with the same key',
    orderId,
    actionUrl,
  }),
  'payment-pending': ({ orderId }: RefusalOf<'payment-pending'>) => ({
    __typename: 'PaymentPendingError' as const,
    code: 'PAYMENT_PENDING' as const,
    message: 'Whether the payment went through is not known yet: ask again in a moment with the same key',
    orderId,
  }),
  'order-not-found': ({ orderId }: RefusalOf<'order-not-found'>) => ({
    __typename: 'OrderNotFoundError' as const,
    code: 'ORDER_NOT_FOUND' as const,
    message: `There is no order ${orderId}`,
    orderId,
  }),
  'order-state': ({ orderId, state, wanted }: RefusalOf<'order-state'>) => ({
    __typename: 'OrderStateError' as const,
    code: 'ORDER_STATE' as const,
    message: `An order that is ${state} cannot be ${wanted} now`,
    orderId,
    orderState: state,
  }),
  'order-not-captured': ({ orderId, reason }: RefusalOf<'order-not-captured'>) => ({
    __typename: 'OrderNotCapturedError' as const,
    code: 'ORDER_NOT_CAPTURED' as const,
    message: `The money could not be taken, and nothing was recorded as sent: ${reason}`,
    orderId,
  }),
  'return-not-found': ({ returnId }: RefusalOf<'return-not-found'>) => ({
    __typename: 'ReturnNotFoundError' as const,
    code: 'RETURN_NOT_FOUND' as const,
    message: `There is no return ${returnId}`,
    returnId,
  }),
  'return-state': ({ returnId, state }: RefusalOf<'return-state'>) => ({
    __typename: 'ReturnStateError' as const,
    code: 'RETURN_STATE' as const,
    message: `The return was decided before: it is ${state}`,
    returnId,
    returnState: state,
  }),
  'invalid-input': ({ field, expected, found }: RefusalOf<'invalid-input'>) => ({
    __typename: 'InvalidInputError' as const,
    code: 'INVALID_INPUT' as const,
    message: `Expected ${expected}, found ${found}`,
    field,
  }),
};

/** A refusal as the error of the schema that tells it. */
export type UserErrorOf<R extends Refusal> = ReturnType<(typeof errors)[R['refused']]>;

/** Tells a refusal as an error of the schema. */
export function toUserError<R extends Refusal>(refusal: R): UserErrorOf<R> {
  const tell: (refusal: never) => object = errors[refusal.refused];
  return tell(refusal as never) as UserErrorOf<R>;
}
