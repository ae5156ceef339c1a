import { setTimeout as sleep } from 'node:timers/promises';
import { openExchange, requestOf } from './exchange.ts';

export interface LoadOptions {
  readonly port: number;
  readonly path: string;
  /**
   * The bodies of requests; each connection sends all of them one after another, in an order of its own. Would they follow
   * each other in one order, those that met would go on together, and a server that answers equal requests at once had
   * next to nothing to do.
   */
  readonly bodies: readonly string[];
  /** More headers of every request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly connections: number;
  /** Before it counts: 0 when left out. */
  readonly warmSeconds?: number;
  readonly seconds: number;
  /** Called when it begins to count. */
  readonly onWarm?: () => void;
}

export interface LoadFigures {
  readonly perSecond: number;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers of another status than 200, while it warms up too. */
  readonly failed: number;
}

/**
 * Sends requests over connections that stay open, each as soon as the last one was answered. It speaks HTTP/1.1 over bare
 * sockets and reads no body, as it shares a core with others and must not be what limits the server.
 */
export async function load(options: LoadOptions): Promise<LoadFigures> {
  const { port, path, bodies, connections, warmSeconds = 0, seconds, onWarm = () => {} } = options;
  const requests = bodies.map((body) => requestOf(port, path, body, options.headers));
  const durations: number[] = [];
  let failed = 0;
  const begun = performance.now() + warmSeconds * 1_000;
  const until = begun + seconds * 1_000;
  const warmed = sleep(warmSeconds * 1_000).then(onWarm);
  const run = async () => {
    const exchange = await openExchange(port);
    const order = shuffled(requests);
    let next = 0;
    while (performance.now() < until) {
      const sent = performance.now();
      const status = await exchange.send(order[next % order.length] as Buffer);
      const answered = performance.now();
      if (answered >= begun) durations.push(answered - sent);
      if (status !== 200) failed += 1;
      next += 1;
    }
    exchange.close();
  };
  await Promise.all([warmed, ...Array.from({ length: connections }, run)]);
  const elapsed = (performance.now() - begun) / 1_000;
  return figuresOf(durations, elapsed, failed);
}

/** @param durations of what was counted, in milliseconds, in any order */
export function figuresOf(durations: readonly number[], seconds: number, failed: number): LoadFigures {
  return {
    perSecond: durations.length / seconds,
    requests: durations.length,
    p50Ms: percentile(durations, 0.5),
    p99Ms: percentile(durations, 0.99),
    failed,
  };
}

/** @returns what this share of the values (0.5 for a half) stays below; 0 of none */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
