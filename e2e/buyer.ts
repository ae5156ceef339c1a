import { randomUUID } from 'node:crypto';
import { bearer, type GraphQLAnswer, type Send } from './client.ts';

const address = {
  recipient: 'Ada Buyer',
  line1: 'Main Street 1',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
};

/** Somebody who shops by way of the public graph. Each step fails loudly unless it went well. */
export interface Buyer {
  readonly send: Send;
  /** A cart with an address and, for a guest, an e-mail: a customer has one with the account. */
  cartWith(lines: readonly { variantId: string; quantity: number }[]): Promise<string>;
  placeOrder(cartId: string, token: string, more?: Record<string, unknown>): Promise<GraphQLAnswer>;
}

const placeOrderMutation = /* GraphQL */ `
  mutation PlaceOrder($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      __typename
      ... on Order {
        id
        number
        state
        lines {
          sku
          name
          quantity
        }
        total {
          amount
          currency
        }
        paymentStatus
        payments {
          state
          captured {
            amount
          }
        }
      }
      ... on UserError {
        code
        message
      }
      ... on PaymentDeclinedError {
        orderId
      }
      ... on InsufficientStockError {
        available
        requested
      }
    }
  }
`;

/** A buyer on a connection: a guest, or whoever the headers say. */
export function buyer(connection: Send, headers: Record<string, string> = {}): Buyer {
  const send: Send = (query, variables, more) => connection(query, variables, { ...headers, ...more });
  const isGuest = headers.authorization === undefined;
  return {
    send,
    async cartWith(lines) {
      const created = await send(
        /* GraphQL */ `
          mutation Fill($input: CreateCartInput) {
            createCart(input: $input) {
              __typename
              ... on Cart {
                id
              }
              ... on UserError {
                message
              }
            }
          }
        `,
        { input: { lines } },
      );
      const cartId = created.data?.createCart?.id;
      if (cartId === undefined) throw new Error(`No cart: ${JSON.stringify(created)}`);
      const ready = await send(
        /* GraphQL */ `
          mutation Ready($address: SetShippingAddressInput!, $email: SetCartEmailInput!, $isGuest: Boolean!) {
            setShippingAddress(input: $address) {
              __typename
            }
            setCartEmail(input: $email) @include(if: $isGuest) {
              __typename
            }
          }
        `,
        { address: { cartId, address }, email: { cartId, email: 'ada@buyer.example' }, isGuest },
      );
      if (
        ready.data?.setShippingAddress?.__typename !== 'Cart' ||
        (isGuest && ready.data?.setCartEmail?.__typename !== 'Cart')
      ) {
        throw new Error(`The cart is not ready: ${JSON.stringify(ready)}`);
      }
      return cartId;
    },
    placeOrder: (cartId, token, more = {}) =>
      send(placeOrderMutation, {
        input: { cartId, payment: { provider: 'sandbox', token }, idempotencyKey: randomUUID(), ...more },
      }),
  };
}

/** Signs a new customer up and gives the buyer and the access token. */
export async function newCustomer(
  connection: Send,
): Promise<Buyer & { accessToken: string; userId: string; email: string }> {
  const email = `${randomUUID()}@buyer.example`;
  const { data, errors } = await connection(
    /* GraphQL */ `
      mutation SignUp($input: SignUpInput!) {
        signUp(input: $input) {
          ... on Session {
            accessToken
            user {
              id
            }
          }
          ... on UserError {
            message
          }
        }
      }
    `,
    {
      input: {
        email,
        password: 'a password of some length',
        name: 'Ada Buyer',
      },
    },
  );
  const session = data?.signUp;
  if (session?.accessToken === undefined) throw new Error(`No session: ${JSON.stringify({ data, errors })}`);
  return {
    ...buyer(connection, bearer(session.accessToken)),
    accessToken: session.accessToken,
    userId: session.user.id,
    email,
  };
}

/** Signs in with one of the demo accounts. */
export async function signIn(
  connection: Send,
  email: string,
  password: string,
  cartId?: string,
): Promise<string> {
  const { data, errors } = await connection(
    /* GraphQL */ `
      mutation SignIn($input: SignInInput!) {
        signIn(input: $input) {
          ... on Session {
            accessToken
          }
          ... on UserError {
            message
          }
        }
      }
    `,
    { input: { email, password, cartId } },
  );
  const token = data?.signIn?.accessToken;
  if (token === undefined) throw new Error(`Not signed in: ${JSON.stringify({ data, errors })}`);
  return token;
}
