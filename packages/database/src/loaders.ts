import DataLoader from 'dataloader';

/** Collects the keys asked for in one tick and answers all of them with one query. Lives as long as one request. */
export interface Loader<Key, Value> {
  load(key: Key): Promise<Value>;
}

/** A loader of at most one value a key; null where `query` returned none. */
export function loadOne<Key extends string, Value>(
  query: (keys: readonly Key[]) => Promise<readonly Value[]>,
  keyOf: (value: Value) => Key,
): Loader<Key, Value | null> {
  return new DataLoader<Key, Value | null>(async (keys) => {
    const byKey = new Map((await query(keys)).map((value) => [keyOf(value), value]));
    return keys.map((key) => byKey.get(key) ?? null);
  });
}

/** A loader of a list a key, in the order in which `query` returned them; empty where it returned none. */
export function loadMany<Key extends string, Value>(
  query: (keys: readonly Key[]) => Promise<readonly Value[]>,
  keyOf: (value: Value) => Key,
): Loader<Key, readonly Value[]> {
  return new DataLoader<Key, readonly Value[]>(async (keys) => {
    const byKey = groupBy(await query(keys), keyOf);
    return keys.map((key) => byKey.get(key) ?? []);
  });
}

function groupBy<Key, Value>(values: readonly Value[], keyOf: (value: Value) => Key): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
