import type { MessageInitShape } from '@bufbuild/protobuf';
import { type FixedClock, fixedClock, newId } from '@stoa/clock';
import type { Environment } from '@stoa/config';
import { type CallContext, service, type Viewer } from '@stoa/identity';
import { createDirectory, localServices, type RpcClient } from '@stoa/rpc';
import { staff, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import type { AuthorizeRequestSchema } from '../src/__generated__/payments/v1/payments_pb.js';
import { type ProviderFactories, providerFactories } from '../src/providers/providers.ts';
import { paymentsRpc } from '../src/rpc/client.ts';
import { paymentsWith } from '../src/subgraph.ts';
import { type FaultySandbox, faultySandbox } from './faulty-sandbox.ts';

type Rpc = RpcClient<(typeof paymentsRpc)['service']>;
type AuthorizeInit = Exclude<MessageInitShape<typeof AuthorizeRequestSchema>, { $typeName: string }>;

/** Payments over a faulty sandbox, with what tests ask of it. */
export interface OpenPayments extends TestSubgraph {
  readonly clock: FixedClock;
  readonly sandbox: FaultySandbox;
  /** Its rpc, called on the system's own behalf unless told. */
  rpc(as?: Viewer): Rpc;
  /** Authorises 50.00 EUR with a card that approves, captured at once, unless told; returns the payment. */
  pay(input?: Partial<AuthorizeInit>): Promise<Paid>;
  /** The payment as the staff sees it. */
  read(paymentId: string): Promise<ReadPayment>;
  /** The events of a payment, in order, each as [type, amount]. */
  eventsOf(paymentId: string): Promise<[string, number][]>;
}

type Paid = NonNullable<Awaited<ReturnType<Rpc['authorize']>>['payment']>;

export interface ReadPayment {
  state: string;
  version: number;
  method: string | null;
  actionUrl: string | null;
  failure: { code: string; message: string } | null;
  captured: { amount: number };
  refunded: { amount: number };
  refunds: { id: string; state: string; amount: { amount: number }; reason: string | null }[];
  ledger: { kind: string; amount: { amount: number }; providerReference: string }[];
}

export interface OpenPaymentsOptions {
  readonly environment?: Environment;
  readonly factories?: ProviderFactories;
  readonly clock?: FixedClock;
}

export async function openPayments(
  databaseUrl?: string,
  { environment, factories = {}, clock = fixedClock() }: OpenPaymentsOptions = {},
): Promise<OpenPayments> {
  const sandbox = faultySandbox();
  const services = localServices();
  const opened = await testSubgraph(
    paymentsWith({ ...providerFactories, ...sandbox.factories, ...factories }),
    { databaseUrl, clock, services, environment },
  );
  const directory = createDirectory({
    contextSecret: opened.contextSecret,
    transportTo: services.transportTo,
  });
  const rpc = (viewer: Viewer = service('orders')) => {
    const call: CallContext = {
      viewer,
      requestId: 'test',
      channel: 'default',
      currency: 'EUR',
      locale: 'en',
    };
    return directory.client(paymentsRpc, call);
  };
  return {
    ...opened,
    clock,
    sandbox,
    rpc,
    async pay(input = {}) {
      const { payment } = await rpc().authorize(authorization(input));
      if (payment === undefined) throw new Error('expected a payment');
      return payment;
    },
    async read(paymentId) {
      const { data, errors } = await opened.query(
        `query ($id: ID!) { payment(id: $id) {
          state version method actionUrl failure { code message } captured { amount } refunded { amount }
          refunds { id state amount { amount } reason } ledger { kind amount { amount } providerReference }
        } }`,
        { id: paymentId },
        staff(),
      );
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
      return data.payment;
    },
    async eventsOf(paymentId) {
      const rows = await opened.subgraph.database.em
        .fork()
        .getKnex()('outbox')
        .select('type', 'payload')
        .where('aggregate_id', paymentId)
        .orderBy('id');
      return rows.map(({ type, payload }) => {
        const { amount } = typeof payload === 'string' ? JSON.parse(payload) : payload;
        return [type, amount];
      });
    },
  };
}

/** The request of `pay`, for tests that send it themselves. */
export function authorization(input: Partial<AuthorizeInit> = {}): AuthorizeInit {
  return {
    idempotencyKey: newId(),
    paymentId: newId(),
    orderId: newId(),
    ownerId: '',
    provider: 'sandbox',
    token: 'tok_approve',
    amount: 5_000n,
    currency: 'EUR',
    capture: true,
    ...input,
  };
}
