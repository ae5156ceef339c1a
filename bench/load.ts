import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

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
  const more = Object.entries(options.headers ?? {})
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const requests = bodies.map((body) =>
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\naccept: application/json\r\n${more}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  );
  const durations: number[] = [];
  let failed = 0;
  const begun = performance.now() + warmSeconds * 1_000;
  const until = begun + seconds * 1_000;
  const warmed = sleep(warmSeconds * 1_000).then(onWarm);
  const run = async () => {
    const socket = await connected(port);
    const exchange = exchanger(socket);
    const order = shuffled(requests);
    let next = 0;
    while (performance.now() < until) {
      const sent = performance.now();
      const status = await exchange(order[next % order.length] as Buffer);
      const answered = performance.now();
      if (answered >= begun) durations.push(answered - sent);
      if (status !== 200) failed += 1;
      next += 1;
    }
    socket.destroy();
  };
  await Promise.all([warmed, ...Array.from({ length: connections }, run)]);
  const elapsed = (performance.now() - begun) / 1_000;
  return figuresOf(durations, elapsed, failed);
}

/** @param durations of what was counted, in milliseconds, in any order */
export function figuresOf(durations: readonly number[], seconds: number, failed: number): LoadFigures {
  const sorted = [...durations].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    perSecond: sorted.length / seconds,
    requests: sorted.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    failed,
  };
}

function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Sends a request and waits for the end of its answer: by content-length, or by the last chunk. */
function exchanger(socket: Socket): (request: Buffer) => Promise<number> {
  let settle: ((status: number) => void) | undefined;
  let fail: ((error: Error) => void) | undefined;
  let head = '';
  let isInBody = false;
  let left = -1;
  let tail = '';
  let status = 0;
  const end = () => {
    isInBody = false;
    head = '';
    settle?.(status);
  };
  socket.on('data', (part: Buffer) => {
    let at = 0;
    if (!isInBody) {
      head += part.toString('latin1');
      const ends = head.indexOf('\r\n\r\n');
      if (ends === -1) return;
      const before = head.length - part.length;
      at = ends + 4 - before;
      status = Number(head.slice(9, 12));
      const length = /\r\ncontent-length: (\d+)/i.exec(head.slice(0, ends + 2))?.[1];
      left = length === undefined ? -1 : Number(length);
      isInBody = true;
      tail = '';
    }
    if (left >= 0) {
      left -= part.length - at;
      if (left <= 0) end();
      return;
    }
    tail = (tail + part.subarray(Math.max(at, part.length - 7)).toString('latin1')).slice(-7);
    if (tail.endsWith('0\r\n\r\n')) end();
  });
  socket.on('error', (error) => fail?.(error));
  socket.on('close', () => fail?.(new Error('the connection was closed')));
  return (request) =>
    new Promise((resolve, reject) => {
      settle = resolve;
      fail = reject;
      socket.write(request);
    });
}
