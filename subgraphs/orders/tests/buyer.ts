import { newId } from '@stoa/clock';
import type { TestSubgraph } from '@stoa/testkit/test-subgraph';
import type { As } from './orders-with-fakes.ts';

export const address = {
  recipient: 'Ada Buyer',
  line1: '1 Market Street',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
};

/** What tests read of a cart. */
const cartFields = `
  id state currency email couponCodes version
  buyer { id }
  lines { id variantId variant { id } quantity }
  shippingAddress { recipient line1 line2 city region postalCode country phone }
  billingAddress { recipient city }
`;

/** What tests read of an order. */
const orderFields = `
  id number state placedAt email currency version
  buyer { id }
  lines { id variantId sku name quantity taxRate unitPrice { net { amount } tax { amount } gross { amount } }
    total { gross { amount currency } } }
  shippingAddress { recipient city } billingAddress { recipient city }
  subtotal { amount } discounts { name couponCode amount { amount } } shipping { amount } tax { amount }
  total { amount currency }
  history { from to reason actor }
`;

/** What tests read of what became of an order after it was paid. */
export const afterwards = `
  id state version
  lines { id variantId quantity fulfilledQuantity returnedQuantity }
  history { from to reason actor }
  fulfilments { id lines { line { id } quantity } carrier trackingNumber }
  returns { id state reason decision refund { amount } lines { line { id } quantity } }
  tasks { kind state attempts error }
`;

const ofOrders = [
  'placeOrder',
  'cancelOrder',
  'fulfilOrder',
  'markDelivered',
  'requestReturn',
  'receiveReturn',
  'rejectReturn',
];

/** What tests read of any error. Within UserError, so that a result need not have each of them. */
const errorFields = `
  ... on UserError {
    code message
    ... on CartClosedError { orderId }
    ... on CouponRejectedError { couponCode }
    ... on InsufficientStockError { variantId requested available shortages { variantId requested available } }
    ... on InvalidInputError { field }
    ... on PaymentActionRequiredError { orderId actionUrl }
    ... on PaymentDeclinedError { orderId declineCode retryable }
    ... on PaymentPendingError { orderId }
    ... on OrderStateError { orderId orderState }
    ... on ReturnStateError { returnId returnState }
    ... on TotalChangedError { total { amount currency } }
    ... on VariantNotFoundError { variantId }
    ... on VariantNotPricedError { variantId currency }
  }
`;

// biome-ignore lint/suspicious/noExplicitAny: a test reads what was selected; the assertions check the form
type Selected = any;

/** Somebody who uses the shop by its mutations: a guest unless told. Each answers the member of the result's union. */
export function buyer(subgraph: TestSubgraph, as?: As) {
  const mutate = async (name: string, input: object): Promise<Selected> => {
    const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const success = ofOrders.includes(name)
      ? `... on Order { ${name === 'placeOrder' ? orderFields : afterwards} }`
      : `... on Cart { ${cartFields} }`;
    const { data, errors } = await subgraph.query(
      `mutation ($input: ${inputType}) { ${name}(input: $input) { __typename ${success} ${errorFields} } }`,
      { input },
      as,
    );
    if (errors.length > 0) throw Object.assign(new Error(errors[0]?.message), { errors });
    return data[name];
  };
  const placeOrder = (cartId: string, request: PlaceOrder = {}): Promise<Selected> =>
    mutate('placeOrder', {
      cartId,
      payment: { token: request.token ?? 'tok_approve', ...request.payment },
      idempotencyKey: request.key ?? newId(),
      expectedTotal: request.expectedTotal,
    });
  return {
    mutate,
    placeOrder,
    /** A cart with these lines. */
    async fills(...lines: readonly (readonly [variantId: string, quantity: number])[]): Promise<Selected> {
      return mutate('createCart', {
        lines: lines.map(([variantId, quantity]) => ({ variantId, quantity })),
      });
    },
    /** A cart with these lines that lacks nothing to be ordered; answers its id. */
    async prepares(...lines: readonly (readonly [variantId: string, quantity: number])[]): Promise<string> {
      const cart = await this.fills(...lines);
      await mutate('setShippingAddress', { cartId: cart.id, address });
      await mutate('setCartEmail', { cartId: cart.id, email: 'buyer@example.com' });
      return cart.id;
    },
    async cart(id: string, fields = cartFields): Promise<Selected> {
      const { data } = await subgraph.query(`query ($id: ID!) { cart(id: $id) { ${fields} } }`, { id }, as);
      return data.cart;
    },
    async order(id: string, fields = orderFields): Promise<Selected> {
      const { data } = await subgraph.query(`query ($id: ID!) { order(id: $id) { ${fields} } }`, { id }, as);
      return data.order;
    },
  };
}

export interface PlaceOrder {
  /** A card token. */
  readonly token?: string;
  readonly payment?: { readonly provider?: string; readonly token?: string };
  /** The idempotency key; a new one unless given. */
  readonly key?: string;
  readonly expectedTotal?: { readonly amount: number; readonly currency: string };
}
