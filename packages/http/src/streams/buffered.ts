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

/** A stream that is read in one place. `return` ends it at once, also while `next` waits. */
export interface Stream<Item> extends AsyncIterableIterator<Item> {
  return(): Promise<IteratorResult<Item>>;
}

/**
 * Reads a source as fast as it gives, for a reader that may be slower, within a bound: memory does not grow with what
 * a client leaves unread.
 */
export function buffered<Item>({ open, most, stop, overflow }: BufferOptions<Item>): Stream<Item> {
  const ended = new AbortController();
  const items: Item[] = [];
  let isDone = false;
  let failure: { readonly reason: unknown } | null = null;
  let waiting: { resolve(result: IteratorResult<Item>): void; reject(reason: unknown): void } | null = null;

  const give = () => {
    if (waiting === null || (items.length === 0 && !isDone)) return;
    const { resolve, reject } = waiting;
    waiting = null;
    const [item] = items;
    if (items.length > 0) {
      items.shift();
      resolve({ done: false, value: item as Item });
      return;
    }
    const thrown = failure;
    failure = null;
    if (thrown === null) resolve({ done: true, value: undefined });
    else reject(thrown.reason);
  };
  const end = (why: { readonly reason: unknown } | null) => {
    if (isDone) return;
    isDone = true;
    failure = why;
    stop.removeEventListener('abort', onStop);
    ended.abort();
    give();
  };
  const onStop = () => end({ reason: stop.reason });
  const read = async () => {
    for await (const item of open(ended.signal)) {
      if (isDone) return;
      if (items.length >= most) {
        end({ reason: overflow() });
        return;
      }
      items.push(item);
      give();
    }
  };

  if (stop.aborted) onStop();
  else {
    stop.addEventListener('abort', onStop, { once: true });
    read().then(
      () => end(null),
      (reason: unknown) => end({ reason }),
    );
  }
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        give();
      }),
    async return() {
      items.length = 0;
      end(null);
      failure = null;
      return { done: true, value: undefined };
    },
  };
}
