import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { Failure } from '@stoa/errors';
import type { RpcEnvironment, RpcImplementation } from './implement-rpc.ts';

export interface RpcServer {
  readonly port: number;
  /** Lets running calls finish, then closes. */
  stop(): Promise<void>;
}

/**
 * Serves a contract over gRPC (HTTP/2, clear text: the cluster's mesh or network policy guards it).
 * @throws {Failure} unavailable when the port is taken
 */
export async function serveRpc<Context>(
  implementation: RpcImplementation<Context>,
  environment: RpcEnvironment<Context>,
  port: number,
): Promise<RpcServer> {
  const server = createServer(
    connectNodeAdapter({ routes: (router) => implementation.register(router, environment) }),
  );
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  await listenOn(server, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        for (const session of sessions) session.close();
      }),
  };
}

function listenOn(server: Http2Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Failure(
              'unavailable',
              `Port ${port} is in use: stop what listens there, or set RPC_PORT to a free port`,
              {
                code: 'PORT_IN_USE',
              },
            )
          : error,
      ),
    );
    server.listen(port, () => resolve());
  });
}
