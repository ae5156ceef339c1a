import type { IncomingHttpHeaders } from 'node:http';
import type { WebSocket } from 'ws';
import type { RouterContext } from '../identity/call-context.ts';

/** The codes that sockets are closed with: those of RFC 6455 and its registry, and of graphql-transport-ws. */
export const closeCodes = {
  goingAway: 1001,
  serviceRestart: 1012,
  tryAgainLater: 1013,
  /** Its clients connect again after this one, with a new token, which they do not after 4401. */
  forbidden: 4403,
} as const;

/** A WebSocket and what is known of it. */
export interface OpenSocket {
  readonly socket: WebSocket;
  readonly headers: IncomingHttpHeaders;
  readonly ip: string;
  /** Null until it was acknowledged. */
  context: RouterContext | null;
  /** Told when it has closed. */
  readonly closed: AbortSignal;
  close(code: number, reason: string): void;
}

/** As many bytes of a reason as fit into the message that closes. */
const longestReasonBytes = 123;

export function openSocket(socket: WebSocket, headers: IncomingHttpHeaders, ip: string): OpenSocket {
  const closed = new AbortController();
  socket.once('close', () => closed.abort());
  return {
    socket,
    headers,
    ip,
    context: null,
    closed: closed.signal,
    close: (code, reason) =>
      socket.close(code, Buffer.from(reason).subarray(0, longestReasonBytes).toString()),
  };
}
