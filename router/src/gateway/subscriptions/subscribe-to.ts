import type { SubscriptionAddress } from '../../subgraph-config.ts';
import type { SubgraphTransport } from '../transport.ts';
import { subscribeOverSse } from './over-sse.ts';
import { subscribeOverWebSocket } from './over-web-socket.ts';

/** The way to the subscriptions of a subgraph, as the settings have it. */
export function subscribeTo({
  protocol,
  url,
}: SubscriptionAddress): NonNullable<SubgraphTransport['subscribe']> {
  return protocol === 'sse' ? subscribeOverSse(url) : subscribeOverWebSocket(url);
}
