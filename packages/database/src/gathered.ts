import { groupBy, type Loader, loadBy } from './loaders.ts';

/**
 * A query by keys that all requests of a process share, and a loader of it for each request. While it is under way, the
 * keys of whoever comes wait, and go together as the next query: a busy process asks its database as often as it can
 * take, and not once a request. Nothing is kept: what a request is given was read after it had asked.
 */
export interface Gathered<Key, Value> {
  /** The values of several keys; a key that has none is not in the map. */
  find(keys: readonly Key[]): Promise<ReadonlyMap<Key, readonly Value[]>>;
  /** A request's loader of at most one value a key; null where there is none. */
  one(): Loader<Key, Value | null>;
  /** A request's loader of a list a key, in the order in which the query returned them. */
  many(): Loader<Key, readonly Value[]>;
}

type Groups<Key, Value> = ReadonlyMap<Key, readonly Value[]>;

/**
 * @param query reads outside of any transaction what does not depend on who asks: its answers are given to several
 * @param keyOf the key that a value was asked for by
 */
export function gathered<Key extends string, Value>(
  query: (keys: readonly Key[]) => Promise<readonly Value[]>,
  keyOf: (value: Value) => Key,
): Gathered<Key, Value> {
  const ask = async (keys: readonly Key[]): Promise<Groups<Key, Value>> => groupBy(await query(keys), keyOf);
  let isUnderWay = false;
  let next: { readonly keys: Set<Key>; readonly answer: Promise<Groups<Key, Value>>; go(): void } | null =
    null;

  const start = (keys: readonly Key[]): Promise<Groups<Key, Value>> => {
    isUnderWay = true;
    const answer = ask(keys);
    const done = () => {
      isUnderWay = false;
      next?.go();
    };
    answer.then(done, done);
    return answer;
  };
  const find = (keys: readonly Key[]): Promise<Groups<Key, Value>> => {
    if (!isUnderWay) return start(keys);
    next ??= waiting();
    for (const key of keys) next.keys.add(key);
    return next.answer;
  };
  const waiting = () => {
    const keys = new Set<Key>();
    let go = () => {};
    const answer = new Promise<Groups<Key, Value>>((resolve) => {
      go = () => {
        next = null;
        resolve(start([...keys]));
      };
    });
    return { keys, answer, go };
  };
  return {
    find,
    one: () => loadBy(find, (values) => values?.[0] ?? null),
    many: () => loadBy(find, (values) => values ?? []),
  };
}
