import { sendStream } from '@stoa/http';
import type { FastifyReply } from 'fastify';

const boundary = 'graphql';

/** Bodies of parts, until the last has come. It does not fail. */
export type Parts = AsyncIterableIterator<object>;

export interface MultipartOptions {
  /** Said of the parts in the content type: `subscriptionSpec="1.0"`. */
  readonly parameter: string;
  /** The part that tells that the connection lives; null where the protocol has none. */
  readonly heartbeat: object | null;
  readonly heartbeatMs: number;
}

/** Sends parts as multipart/mixed. Each is followed by its boundary at once, so that clients need not wait for the next. */
export function sendMultipart(
  reply: FastifyReply,
  parts: Parts,
  { parameter, heartbeat, heartbeatMs }: MultipartOptions,
): Promise<void> {
  return sendStream(reply, {
    contentType: `multipart/mixed;boundary="${boundary}";${parameter}`,
    pieces: pieces(parts),
    heartbeat: heartbeat === null ? null : part(heartbeat),
    heartbeatMs,
  });
}

function pieces(parts: Parts): AsyncIterableIterator<string> {
  let isBegun = false;
  let isEnded = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (!isBegun) {
        isBegun = true;
        return { done: false, value: `\r\n--${boundary}` };
      }
      if (isEnded) return { done: true, value: undefined };
      const { value, done } = await parts.next();
      if (!done) return { done: false, value: part(value) };
      isEnded = true;
      return { done: false, value: '--\r\n' };
    },
    async return() {
      isEnded = true;
      await parts.return?.();
      return { done: true, value: undefined };
    },
  };
}

function part(body: object): string {
  return `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(body)}\r\n--${boundary}`;
}
