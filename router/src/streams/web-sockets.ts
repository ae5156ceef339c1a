import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HttpServer } from '@stoa/http';
import type { Logger } from '@stoa/telemetry';
import { type WebSocket, WebSocketServer } from 'ws';
import { closeCodes, openSocket } from './open-socket.ts';
import { type SocketProtocolOptions, socketProtocol } from './socket-protocol.ts';
import { streamEnds } from './stream-ends.ts';

export interface WebSocketOptions extends SocketProtocolOptions {
  /** Whether a page of this origin may ask. */
  readonly isAllowedOrigin: (origin: string) => boolean;
  /** The address of who opens a connection, as far as the proxies in front are trusted to name it. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly longestMessageBytes: number;
  readonly logger: Logger;
}

const path = '/graphql';
const protocolName = 'graphql-transport-ws';
/** How long a client has to answer the message that closes a socket. */
const closeWithinMs = 2_000;
/** Closes what breaks the protocol, or the server's promises. */
const internalError = 4500;

/**
 * Answers WebSockets at /graphql, in the protocol graphql-transport-ws. When the server stops, clients are told to go
 * elsewhere, and then sockets are cut.
 */
export function serveWebSockets(server: HttpServer, options: WebSocketOptions): void {
  const { limits, counter, logger } = options;
  const protocol = socketProtocol(options);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.longestMessageBytes,
    handleProtocols: (offered) => (offered.has(protocolName) ? protocolName : false),
  });
  let isStopping = false;

  server.server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    const { origin } = request.headers;
    if (new URL(request.url ?? '', 'http://localhost').pathname !== path) refuse(connection, '404 Not Found');
    else if (origin !== undefined && !isOwn(origin, request) && !options.isAllowedOrigin(origin))
      refuse(connection, '403 Forbidden');
    // Sockets that have not said yet who they are count as well.
    else if (isStopping || Math.max(counter.size, sockets.clients.size) >= limits.most)
      refuse(connection, '503 Service Unavailable');
    else sockets.handleUpgrade(request, connection, head, (socket) => serve(socket, request));
  });
  server.addHook('preClose', async () => {
    isStopping = true;
    await Promise.all([...sockets.clients].map(sendAway));
  });

  function serve(socket: WebSocket, request: IncomingMessage): void {
    const open = openSocket(socket, request.headers, options.addressOf(request));
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) =>
          new Promise((resolve, reject) => {
            socket.send(data, (error) => (error ? reject(error) : resolve()));
          }),
        close: (code = closeCodes.goingAway, reason = '') => open.close(code, reason),
        onMessage: (receive) =>
          socket.on('message', (data) => {
            receive(String(data)).catch((error: unknown) => {
              // What cannot be sent any more fails as well.
              if (open.closed.aborted) return;
              logger.error({ event: 'socket.failed', err: error });
              open.close(internalError, 'Something went wrong on our side');
            });
          }),
      },
      open,
    );
    keepAlive(socket, limits.heartbeatMs);
    // What breaks is closed, which is told as well.
    socket.on('error', () => {});
    socket.once('close', (code, reason) => {
      closed(code, String(reason)).catch((error: unknown) =>
        logger.error({ event: 'socket.failed', err: error }),
      );
    });
  }
}

/** Whether a page comes from where the socket is opened: browsers name its origin then as well. */
function isOwn(origin: string, { headers }: IncomingMessage): boolean {
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}

function refuse(connection: Duplex, status: string): void {
  connection.on('error', () => {});
  connection.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/** Cuts a socket whose client has not answered a ping by the time of the next. */
function keepAlive(socket: WebSocket, heartbeatMs: number): void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const beat = setInterval(() => {
    if (!isAlive) socket.terminate();
    isAlive = false;
    socket.ping();
  }, heartbeatMs).unref();
  socket.once('close', () => clearInterval(beat));
}

function sendAway(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => socket.terminate(), closeWithinMs);
    socket.once('close', () => {
      clearTimeout(cut);
      resolve();
    });
    socket.close(closeCodes.goingAway, streamEnds.stopping().message);
  });
}
