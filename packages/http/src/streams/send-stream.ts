import type { FastifyReply } from 'fastify';

export interface StreamToSend {
  readonly contentType: string;
  /** The body, piece by piece. It does not fail: how a stream ends is part of its form. */
  readonly pieces: AsyncIterableIterator<string>;
  /** Sent whenever nothing else was for so long, so that proxies and clients know that it lives. Null for none. */
  readonly heartbeat: string | null;
  readonly heartbeatMs: number;
}

/** How long a client may leave a full connection unread before it is cut. */
const longestStallMs = 30_000;

/**
 * Sends a body that comes in pieces, as fast as the client reads it. When the client goes away, the pieces are told to
 * end (`return`).
 * @returns a promise of the end, by whichever side
 */
export async function sendStream(
  reply: FastifyReply,
  { contentType, pieces, heartbeat, heartbeatMs }: StreamToSend,
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  reply.headers({
    'content-type': contentType,
    'cache-control': 'no-store',
    // NGINX would keep pieces back until it has more of them.
    'x-accel-buffering': 'no',
  });
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200);
  raw.flushHeaders();
  raw.once('close', () => void pieces.return?.());
  // A connection that breaks is closed as well, which is all there is to do about it.
  raw.on('error', () => {});
  const beat = setInterval(() => {
    if (heartbeat !== null && !raw.writableNeedDrain) raw.write(heartbeat);
  }, heartbeatMs).unref();
  try {
    for (;;) {
      const { value, done } = await pieces.next();
      if (done || raw.destroyed) break;
      beat.refresh();
      if (!raw.write(value)) await drained(raw);
    }
  } finally {
    clearInterval(beat);
    raw.end();
  }
}

function drained(raw: FastifyReply['raw']): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(stalled);
      raw.off('drain', settle);
      raw.off('close', settle);
      resolve();
    };
    const stalled = setTimeout(() => raw.destroy(), longestStallMs);
    raw.once('drain', settle);
    raw.once('close', settle);
  });
}
