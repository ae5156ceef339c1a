import { randomUUID } from 'node:crypto';
import { demoProducts } from '@stoa/seed';

/** An order as both shops tell it. */
export interface Bought {
  readonly isPaid: boolean;
  /** With tax, in cents. */
  readonly total: number;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** Buys as a guest whom the shop has never seen: cart, item, address, e-mail, payment, a request for each step. */
export interface Shopper {
  /** @throws {Error} with what the shop said instead of an order */
  buy(sku: string, email: string): Promise<Bought>;
  expected(sku: string): Bought;
}

const demoVariants = demoProducts().flatMap(({ variants }) => variants);
const variantsBySku = new Map(demoVariants.map((variant) => [variant.sku, variant]));

function expected(sku: string): Bought {
  return { isPaid: true, total: variantsBySku.get(sku)?.price.EUR ?? 0, lines: [{ sku, quantity: 1 }] };
}

export function ourShopper(url: string): Shopper {
  const address = {
    recipient: 'Ada Buyer',
    line1: 'Main Street 1',
    city: 'Berlin',
    postalCode: '10115',
    country: 'DE',
  };
  return {
    expected,
    async buy(sku, email) {
      const step = stepsOf(url);
      const cart = await step(
        'Cart',
        'mutation ($input: CreateCartInput) { result: createCart(input: $input) { __typename ... on Cart { id } } }',
        { input: { lines: [{ variantId: variantsBySku.get(sku)?.id, quantity: 1 }] } },
      );
      const cartId = cart.id;
      await step(
        'Cart',
        'mutation ($input: SetShippingAddressInput!) { result: setShippingAddress(input: $input) { __typename } }',
        { input: { cartId, address } },
      );
      await step(
        'Cart',
        'mutation ($input: SetCartEmailInput!) { result: setCartEmail(input: $input) { __typename } }',
        { input: { cartId, email } },
      );
      const order = await step(
        'Order',
        `mutation ($input: PlaceOrderInput!) {
          result: placeOrder(input: $input) {
            __typename
            ... on Order { number state total { amount } lines { sku quantity } }
            ... on UserError { message }
          }
        }`,
        {
          input: {
            cartId,
            payment: { provider: 'sandbox', token: 'tok_approve' },
            idempotencyKey: randomUUID(),
          },
        },
      );
      return { isPaid: order.state === 'PAID', total: order.total.amount, lines: order.lines };
    },
  };
}

export async function peersShopper(url: string): Promise<Shopper> {
  const ids = await readPeersIds(url);
  const address = {
    fullName: 'Ada Buyer',
    streetLine1: 'Main Street 1',
    city: 'Berlin',
    postalCode: '10115',
    countryCode: 'DE',
  };
  const result =
    '__typename ... on Order { code state totalWithTax lines { productVariant { sku } quantity } } ... on ErrorResult { message }';
  const bare = '__typename ... on Order { code } ... on ErrorResult { message }';
  return {
    expected,
    async buy(sku, email) {
      const step = stepsOf(url);
      await step(
        'Order',
        `mutation ($id: ID!) { result: addItemToOrder(productVariantId: $id, quantity: 1) { ${bare} } }`,
        { id: ids.get(sku) },
      );
      await step(
        'Order',
        `mutation ($input: CreateAddressInput!) { result: setOrderShippingAddress(input: $input) { ${bare} } }`,
        { input: address },
      );
      await step(
        'Order',
        `mutation ($input: CreateCustomerInput!) { result: setCustomerForOrder(input: $input) { ${bare} } }`,
        { input: { firstName: 'Ada', lastName: 'Buyer', emailAddress: email } },
      );
      await step(
        'Order',
        `mutation ($ids: [ID!]!) { result: setOrderShippingMethod(shippingMethodId: $ids) { ${bare} } }`,
        { ids: ['1'] },
      );
      await step(
        'Order',
        `mutation { result: transitionOrderToState(state: "ArrangingPayment") { ${bare} } }`,
        {},
      );
      const order = await step(
        'Order',
        `mutation ($input: PaymentInput!) { result: addPaymentToOrder(input: $input) { ${result} } }`,
        { input: { method: 'approving-card', metadata: {} } },
      );
      return {
        isPaid: order.state === 'PaymentSettled',
        total: order.totalWithTax,
        // biome-ignore lint/suspicious/noExplicitAny: the selection above says what it is, and it is compared
        lines: order.lines.map(({ productVariant, quantity }: any) => ({
          sku: productVariant.sku,
          quantity,
        })),
      };
    },
  };
}

async function readPeersIds(url: string): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (let skip = 0; skip < demoProducts().length; skip += 100) {
    const { items } = await stepsOf(url)(
      'ProductList',
      `query ($skip: Int!) {
        result: products(options: { take: 100, skip: $skip }) { __typename items { variants { id sku } } }
      }`,
      { skip },
    );
    for (const { variants } of items) for (const { id, sku } of variants) ids.set(sku, id);
  }
  return ids;
}

/** The steps of one buyer, who is known from one to the next by what the first answer hands out, if it does. */
function stepsOf(url: string) {
  let session: Record<string, string> = {};
  // biome-ignore lint/suspicious/noExplicitAny: each step reads what it selected
  return async (type: string, query: string, variables: unknown): Promise<any> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...session },
      body: JSON.stringify({ query, variables }),
    });
    const token = response.headers.get('vendure-auth-token');
    if (token !== null) session = { authorization: `Bearer ${token}` };
    const answer = (await response.json()) as {
      // biome-ignore lint/suspicious/noExplicitAny: as above
      data?: { result?: any };
    };
    if (answer.data?.result?.__typename !== type)
      throw new Error(`Expected ${type}, found ${JSON.stringify(answer)}`);
    return answer.data.result;
  };
}
