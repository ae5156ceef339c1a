import type { Logger } from '@stoa/telemetry';
import type { AskSubgraph, SubscribeToSubgraph } from '../engine/subgraph-request.ts';
import type { RouterContext } from '../identity/call-context.ts';
import type { SubgraphTransport } from './transport.ts';

/** The ways to subgraphs, for one operation. */
export interface Ways {
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  readonly context: RouterContext;
  readonly logger: Logger;
}

/** Asks subgraphs for the operation. What the network says of a failure is for the log, not for the client. */
export function askThrough(ways: Ways): AskSubgraph {
  const { call, signedContext } = ways.context;
  return async ({ subgraph, query, operationName, variables }) => {
    const transport = transportTo(subgraph, ways);
    try {
      return await transport.send({ query, operationName, variables }, signedContext, call.requestId);
    } catch (error) {
      ways.logger.error({ event: 'subgraph.unavailable', subgraph, requestId: call.requestId, err: error });
      throw error;
    }
  };
}

/** Opens subscriptions at subgraphs for the operation. */
export function subscribeThrough(ways: Ways): SubscribeToSubgraph {
  const { call, signedContext } = ways.context;
  return async function* ({ subgraph, query, operationName, variables }, ended) {
    const transport = transportTo(subgraph, ways);
    try {
      if (transport.subscribe === undefined)
        throw new Error(`There is no way to subscriptions of the subgraph ${subgraph}`);
      yield* transport.subscribe({ query, operationName, variables }, signedContext, call.requestId, ended);
    } catch (error) {
      // What is ended on purpose fails as well.
      if (!ended.aborted)
        ways.logger.error({
          event: 'subgraph.subscription-lost',
          subgraph,
          requestId: call.requestId,
          err: error,
        });
      throw error;
    }
  };
}

function transportTo(subgraph: string, { transports }: Ways): SubgraphTransport {
  const transport = transports.get(subgraph);
  if (transport === undefined) throw new Error(`There is no way to the subgraph ${subgraph}`);
  return transport;
}
