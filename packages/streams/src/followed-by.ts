import type { Stream } from './bounded-queue.ts';

/** A stream that gives something first. It ends as the other does, also before that was read. */
export function followedBy<First, Item>(first: First, stream: Stream<Item>): Stream<First | Item> {
  let isFirst = true;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (!isFirst) return stream.next();
      isFirst = false;
      return { done: false, value: first };
    },
    return() {
      isFirst = false;
      return stream.return();
    },
  };
}
