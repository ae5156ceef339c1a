import { OutboxEvent } from '@stoa/events';
import { type CallContext, guest, type Viewer } from '@stoa/identity';
import { createDirectory, localServices, type RpcClient } from '@stoa/rpc';
import { type TestSubgraph, type TestSubgraphOptions, testSubgraph } from '@stoa/testkit/test-subgraph';
import { ordersRpc } from '../src/rpc/client.ts';
import { orders } from '../src/subgraph.ts';
import { type Shop, shop } from './fakes/shop.ts';

/** Who asks, as `subgraph.query` takes it. */
export type As = Viewer | Partial<CallContext>;

/** The subgraph under test, amid fakes of the services that it calls. */
export interface OrdersWithFakes {
  readonly subgraph: TestSubgraph;
  readonly shop: Shop;
  /** The types of the events of an order, in the order in which they were recorded. */
  eventsOf(orderId: string): Promise<readonly { type: string; payload: unknown }[]>;
  /** The rpc that the subgraph answers, called as somebody (a guest unless told). */
  rpc(as?: Viewer): RpcClient<(typeof ordersRpc)['service']>;
  stop(): Promise<void>;
}

/** @param options `shop` continues with the fakes of an earlier subgraph, as when a process starts again */
export async function ordersWithFakes(
  options: Omit<TestSubgraphOptions, 'services'> & { shop?: Shop } = {},
): Promise<OrdersWithFakes> {
  const services = localServices();
  const subgraph = await testSubgraph(orders, { ...options, services });
  const fakes = options.shop ?? shop();
  fakes.join(services, subgraph.contextSecret);
  const { contextSecret } = subgraph;
  const directory = createDirectory({ contextSecret, transportTo: services.transportTo });
  return {
    subgraph,
    shop: fakes,
    async eventsOf(orderId) {
      const em = subgraph.subgraph.database.em.fork();
      return em.find(OutboxEvent, { aggregateId: orderId }, { orderBy: { id: 'asc' } });
    },
    rpc: (viewer = guest) =>
      directory.client(ordersRpc, {
        viewer,
        requestId: 'test',
        channel: 'default',
        currency: 'EUR',
        locale: 'en',
      }),
    stop: () => subgraph.stop(),
  };
}
