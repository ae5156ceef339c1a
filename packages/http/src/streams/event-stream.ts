import type { FastifyReply } from 'fastify';
import { sendStream } from './send-stream.ts';

/** The media type of server-sent events. */
export const eventStreamType = 'text/event-stream';

export interface EventStreamOptions {
  readonly heartbeatMs: number;
  /** What is sent in place of another answer when the stream has failed: `{ errors: [...] }`. */
  readonly failed: (error: unknown) => object;
}

/**
 * Sends answers as the protocol GraphQL over SSE has them, a connection for each operation: an event `next` for each,
 * `complete` at the end.
 */
export function sendEventStream(
  reply: FastifyReply,
  answers: AsyncIterableIterator<object>,
  { heartbeatMs, failed }: EventStreamOptions,
): Promise<void> {
  return sendStream(reply, {
    contentType: `${eventStreamType}; charset=utf-8`,
    pieces: pieces(answers, failed),
    heartbeat: ':\n\n',
    heartbeatMs,
  });
}

function pieces(
  answers: AsyncIterableIterator<object>,
  failed: EventStreamOptions['failed'],
): AsyncIterableIterator<string> {
  // What is left to send once the answers have ended, last first.
  const rest = ['event: complete\ndata:\n\n'];
  let isOver = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      while (!isOver) {
        try {
          const { value, done } = await answers.next();
          if (!done) return { done: false, value: next(value) };
        } catch (error) {
          rest.push(next(failed(error)));
        }
        isOver = true;
      }
      const value = rest.pop();
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    async return() {
      isOver = true;
      rest.length = 0;
      await answers.return?.();
      return { done: true, value: undefined };
    },
  };
}

function next(answer: object): string {
  return `event: next\ndata: ${JSON.stringify(answer)}\n\n`;
}
