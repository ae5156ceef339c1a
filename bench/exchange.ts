import { connect, type Socket } from 'node:net';

/** A connection that stays open, for one request after the other. */
export interface Exchange {
  /**
   * Sends a request and waits for the end of its answer, which it does not keep.
   * @returns the HTTP status
   * @throws {Error} when the connection breaks off
   */
  send(request: Buffer): Promise<number>;
  close(): void;
}

/** Opens a connection to a port of this machine. It speaks HTTP/1.1 over a bare socket, to cost next to nothing. */
export async function openExchange(port: number): Promise<Exchange> {
  const socket = await connected(port);
  return { send: exchanger(socket), close: () => socket.destroy() };
}

/** A request that posts JSON, as it is sent. */
export function requestOf(
  port: number,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const lines = Object.entries({
    host: `127.0.0.1:${port}`,
    'content-type': 'application/json',
    accept: 'application/json',
    ...headers,
    'content-length': Buffer.byteLength(body),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
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
