/** A cache of texts by key, as ApolloServer asks for one. */
interface TextCache {
  get(key: string): Promise<string | undefined>;
  set(key: string, text: string): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/**
 * Where automatic persisted queries are kept: the texts used most recently, in memory.
 * @param maxBytes counted as two bytes a character, keys included
 */
export function automaticQueries(maxBytes: number): TextCache {
  const texts = new Map<string, string>();
  let bytes = 0;
  const sizeOf = (key: string, text: string) => 2 * (key.length + text.length);
  const drop = (key: string) => {
    const text = texts.get(key);
    if (text !== undefined) bytes -= sizeOf(key, text);
    return texts.delete(key);
  };
  const put = (key: string, text: string) => {
    texts.set(key, text);
    bytes += sizeOf(key, text);
  };
  return {
    async get(key) {
      const text = texts.get(key);
      if (text === undefined) return undefined;
      // The map keeps the order of insertion: what is used goes to its end, and what leaves is at its start.
      drop(key);
      put(key, text);
      return text;
    },
    async set(key, text) {
      drop(key);
      if (sizeOf(key, text) > maxBytes) return;
      put(key, text);
      for (const oldest of texts.keys()) {
        if (bytes <= maxBytes) break;
        drop(oldest);
      }
    },
    async delete(key) {
      return drop(key);
    },
  };
}
