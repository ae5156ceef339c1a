import DataLoader from 'dataloader';

/** Collects the keys asked for in one tick and answers all of them with one query. Lives as long as one request. */
export interface Loader<Key, Value> {
  load(key: Key): Promise<Value>;
  /** The value itself, where it was loaded ahead; else as `load`. */
  read(key: Key): Value | Promise<Value>;
  /** Loads the values of many keys at once, to be read one by one without waiting for each. */
  ahead(keys: readonly Key[]): Promise<void>;
}

/** A loader of at most one value a key; null where `query` returned none. */
export function loadOne<Key extends string, Value>(
  query: (keys: readonly Key[]) => Promise<readonly Value[]>,
  keyOf: (value: Value) => Key,
): Loader<Key, Value | null> {
  const find = async (keys: readonly Key[]) => {
    const found = new Map<Key, Value>();
    for (const value of await query(keys)) found.set(keyOf(value), value);
    return found;
  };
  return loadBy(find, (value) => value ?? null);
}

/** A loader of a list a key, in the order in which `query` returned them; empty where it returned none. */
export function loadMany<Key extends string, Value>(
  query: (keys: readonly Key[]) => Promise<readonly Value[]>,
  keyOf: (value: Value) => Key,
): Loader<Key, readonly Value[]> {
  const find = async (keys: readonly Key[]) => groupBy(await query(keys), keyOf);
  return loadBy(find, (values) => values ?? []);
}

/** A loader of what `read` makes of what was found for a key, undefined where there was nothing. */
export function loadBy<Key extends string, Found, Read>(
  find: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Found>>,
  read: (found: Found | undefined) => Read,
): Loader<Key, Read> {
  // Of a request's loaders most are not used.
  let loader: DataLoader<Key, Read> | undefined;
  let loadedAhead: Map<Key, Read> | undefined;
  const load = (key: Key): Promise<Read> => {
    const known = loadedAhead?.get(key);
    if (known !== undefined) return Promise.resolve(known);
    loader ??= new DataLoader<Key, Read>(async (keys) => {
      const found = await find(keys);
      return keys.map((one) => read(found.get(one)));
    });
    return loader.load(key);
  };
  return {
    load,
    read(key) {
      const known = loadedAhead?.get(key);
      return known === undefined ? load(key) : known;
    },
    async ahead(keys) {
      const found = await find(keys);
      loadedAhead ??= new Map();
      for (const key of keys) loadedAhead.set(key, read(found.get(key)));
    },
  };
}

export function groupBy<Key, Value>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
