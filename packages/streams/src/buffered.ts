import { boundedQueue, type Stream } from './bounded-queue.ts';

export interface BufferOptions<Item> {
  /** Opens what is read. It is told by the signal when nobody listens any more, and has to end then. */
  readonly open: (ended: AbortSignal) => AsyncIterable<Item>;
  /** How many items may wait for a reader that is slower than its source. */
  readonly most: number;
  /** Ends the stream from outside; its reason is thrown once what waits was read. */
  readonly stop: AbortSignal;
  /** Thrown, once what waits was read, when the reader was too slow. */
  readonly overflow: () => Error;
}

/** Reads a source as fast as it gives, for a reader that may be slower, within a bound. */
export function buffered<Item>({ open, most, stop, overflow }: BufferOptions<Item>): Stream<Item> {
  const ended = new AbortController();
  const queue = boundedQueue<Item>({
    most,
    overflow,
    onEnd() {
      stop.removeEventListener('abort', onStop);
      ended.abort();
    },
  });
  const onStop = () => queue.end({ reason: stop.reason });
  const read = async () => {
    for await (const item of open(ended.signal)) if (!queue.push(item)) return;
  };
  if (stop.aborted) onStop();
  else {
    stop.addEventListener('abort', onStop, { once: true });
    read().then(
      () => queue.end(),
      (reason: unknown) => queue.end({ reason }),
    );
  }
  return queue.stream;
}
