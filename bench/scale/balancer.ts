import { connect, createServer, type Socket } from 'node:net';

/** A balancer of TCP connections before the instances of one service. */
export interface Balancer {
  /** Connections that each target has got so far, in the order of the targets. */
  readonly taken: readonly number[];
  close(): Promise<void>;
}

/**
 * Listens on a port, and leads each connection to the target that has the fewest open ones, for as long as it lasts. It looks at
 * nothing that is said: HTTP/1.1 and gRPC alike.
 * @param targets ports on this machine
 */
export async function balance(port: number, targets: readonly number[]): Promise<Balancer> {
  const open = targets.map(() => 0);
  const taken = targets.map(() => 0);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const index = open.indexOf(Math.min(...open));
    open[index] = (open[index] ?? 0) + 1;
    taken[index] = (taken[index] ?? 0) + 1;
    const target = connect({ port: targets[index] ?? 0, host: '127.0.0.1', noDelay: true });
    const end = () => {
      client.destroy();
      target.destroy();
    };
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.once('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    target.once('close', () => {
      open[index] = (open[index] ?? 1) - 1;
    });
    client.pipe(target).pipe(client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return {
    taken,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
