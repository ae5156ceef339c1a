import type { Logger } from '@stoa/telemetry';
import type { SubscribeToSubgraph } from '../engine/subgraph-request.ts';
import type { RouterContext } from '../identity/call-context.ts';
import { type SubgraphTransport, transportOf } from './transport.ts';

/** How one request opens subscriptions at subgraphs. */
export interface Subscribing {
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  /** Whose identity goes along. */
  readonly asker: RouterContext;
  readonly logger: Logger;
}

/**
 * Opens subscriptions at subgraphs for one request, each its own: one is never joined by another. What the network says
 * of a failure is for the log, not for the client.
 */
export function subscribeThrough({ transports, asker, logger }: Subscribing): SubscribeToSubgraph {
  const { requestId } = asker.call;
  return async function* ({ subgraph, query, operationName, variables }, ended) {
    const transport = transportOf(subgraph, transports);
    try {
      if (transport.subscribe === undefined)
        throw new Error(`There is no way to subscriptions of the subgraph ${subgraph}`);
      yield* transport.subscribe({ query, operationName, variables }, asker.sign(), requestId, ended);
    } catch (error) {
      // What is ended on purpose fails as well.
      if (!ended.aborted)
        logger.error({ event: 'subgraph.subscription-lost', subgraph, requestId, err: error });
      throw error;
    }
  };
}
