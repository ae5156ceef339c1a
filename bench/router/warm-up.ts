import { openExchange, requestOf } from '../exchange.ts';

export interface WarmUpOptions {
  readonly port: number;
  readonly path: string;
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

/**
 * Sends every body at least once, and goes on for so many seconds: afterwards each was parsed and planned, and the code that
 * answers them was compiled.
 */
export async function warmUp({ port, path, bodies, connections, seconds }: WarmUpOptions): Promise<void> {
  const requests = bodies.map((body) => requestOf(port, path, body));
  const until = performance.now() + seconds * 1_000;
  let next = 0;
  const run = async () => {
    const exchange = await openExchange(port);
    while (next < requests.length || performance.now() < until) {
      const request = requests[next % requests.length] as Buffer;
      next += 1;
      await exchange.send(request);
    }
    exchange.close();
  };
  await Promise.all(Array.from({ length: connections }, run));
}
