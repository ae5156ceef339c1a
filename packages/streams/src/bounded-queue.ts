/** A stream that is read in one place. `return` ends it at once, also while `next` waits. */
export interface Stream<Item> extends AsyncIterableIterator<Item> {
  return(): Promise<IteratorResult<Item>>;
}

/** What somebody gives and somebody else reads, within a bound: memory does not grow with what is left unread. */
export interface BoundedQueue<Item> {
  readonly stream: Stream<Item>;
  /** @returns false when it has ended, also because this item was one too many */
  push(item: Item): boolean;
  /** Ends it once what waits was read; with a failure, which is thrown then. */
  end(failure?: { readonly reason: unknown }): void;
}

export interface BoundedQueueOptions {
  /** How many items may wait. */
  readonly most: number;
  /** What the stream fails with, once what waits was read, when more came than may wait. */
  readonly overflow: () => Error;
  /** Told once, at the end, whoever brought it about. */
  readonly onEnd?: () => void;
}

export function boundedQueue<Item>({ most, overflow, onEnd }: BoundedQueueOptions): BoundedQueue<Item> {
  const items: Item[] = [];
  let isDone = false;
  let failure: { readonly reason: unknown } | null = null;
  let waiting: { resolve(result: IteratorResult<Item>): void; reject(reason: unknown): void } | null = null;

  const give = () => {
    if (waiting === null || (items.length === 0 && !isDone)) return;
    const { resolve, reject } = waiting;
    waiting = null;
    if (items.length > 0) {
      resolve({ done: false, value: items.shift() as Item });
      return;
    }
    const thrown = failure;
    failure = null;
    if (thrown === null) resolve({ done: true, value: undefined });
    else reject(thrown.reason);
  };
  const end: BoundedQueue<Item>['end'] = (why) => {
    if (isDone) return;
    isDone = true;
    failure = why ?? null;
    onEnd?.();
    give();
  };
  return {
    push(item) {
      if (isDone) return false;
      if (items.length >= most) {
        end({ reason: overflow() });
        return false;
      }
      items.push(item);
      give();
      return true;
    },
    end,
    stream: {
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
        end();
        failure = null;
        return { done: true, value: undefined };
      },
    },
  };
}
