import { contextHeader, requestIdHeader } from '@stoa/identity';
import { createClient } from 'graphql-ws/client';
import { WebSocket } from 'ws';
import type { SubgraphAnswer } from '../../engine/subgraph-request.ts';
import type { SubgraphTransport } from '../transport.ts';

/** How often a subgraph is asked whether it is there; one that does not say so by the next time is given up. */
const pingMs = 15_000;
const connectWithinMs = 10_000;

type Subscribe = NonNullable<SubgraphTransport['subscribe']>;

/**
 * Opens subscriptions by the protocol graphql-transport-ws, a socket for each, since the caller's identity is the
 * socket's. It goes with the opening request, and with the first message for subgraphs that look for it there.
 */
export function subscribeOverWebSocket(url: string): Subscribe {
  return async function* (request, signedContext, requestId, ended) {
    const headers = { [contextHeader]: signedContext, [requestIdHeader]: requestId };
    class IdentifiedSocket extends WebSocket {
      constructor(address: string, protocol: string) {
        super(address, protocol, { headers, handshakeTimeout: connectWithinMs, followRedirects: false });
      }
    }
    const client = createClient({
      url,
      webSocketImpl: IdentifiedSocket,
      connectionParams: headers,
      connectionAckWaitTimeout: connectWithinMs,
      keepAlive: pingMs,
      retryAttempts: 0,
      generateID: () => '1',
    });
    let socket: IdentifiedSocket | undefined;
    let isAnswered = true;
    client.on('connected', (connected) => {
      socket = connected as IdentifiedSocket;
    });
    client.on('ping', (isReceived) => {
      if (isReceived) return;
      if (!isAnswered) socket?.terminate();
      isAnswered = false;
    });
    client.on('pong', (isReceived) => {
      if (isReceived) isAnswered = true;
    });
    const events = client.iterate(request);
    const leave = () => void events.return?.();
    ended.addEventListener('abort', leave);
    try {
      for await (const event of events) yield event as SubgraphAnswer;
    } catch (error) {
      yield refusalOf(error);
    } finally {
      ended.removeEventListener('abort', leave);
      await client.dispose();
    }
  };
}

/**
 * What a subgraph has refused, in GraphQL's form.
 * @throws what it is given, when that is something else: a connection that was lost
 */
function refusalOf(error: unknown): SubgraphAnswer {
  const isRefusal =
    Array.isArray(error) && error.length > 0 && error.every((one) => typeof one?.message === 'string');
  if (isRefusal) return { errors: error };
  if (error instanceof Error) throw error;
  const { code, reason } = error as { readonly code?: unknown; readonly reason?: unknown };
  throw new Error(`the socket was closed with ${String(code)} ${String(reason ?? '')}`);
}
