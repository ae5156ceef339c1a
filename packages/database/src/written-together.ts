interface Waiting<Item> {
  readonly item: Item;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Writes of a process that are much alike and come at once, as those of requests do: while one is under way, whoever comes waits, and all who wait go
 * together as the next. Each is told when its own is written. What fails together is tried one by one, so that one that cannot be written
 * fails alone.
 * @param write does several by one statement
 */
export function writtenTogether<Item>(
  write: (items: readonly Item[]) => Promise<unknown>,
  most = 50,
): (item: Item) => Promise<void> {
  let waiting: Waiting<Item>[] = [];
  let isUnderWay = false;
  const attempt = async (going: readonly Waiting<Item>[]): Promise<void> => {
    try {
      await write(going.map(({ item }) => item));
      for (const { resolve } of going) resolve();
    } catch (error) {
      const [first, ...others] = going;
      if (others.length === 0) first?.reject(error);
      else for (const one of going) await attempt([one]);
    }
  };
  const go = async () => {
    isUnderWay = true;
    // Those who come in the same moment come along.
    await Promise.resolve();
    while (waiting.length > 0) {
      const going = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await attempt(going);
    }
    isUnderWay = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isUnderWay) void go();
    });
}
