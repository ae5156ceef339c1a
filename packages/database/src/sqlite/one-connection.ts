/** How long somebody waits for a connection, as with knex's pool. */
const patienceMs = 60_000;

/** The one connection of a database, handed from one to the next in the order in which they came. */
export interface OneConnection<Connection> {
  /** @throws {Error} when it cannot be opened, or is closed, or those before keep it for a minute */
  acquire(): Promise<Connection>;
  release(): void;
  /** Waits for whoever has it, and refuses those who wait. Gives what is to be closed; undefined when it was never opened. */
  end(): Promise<Connection | undefined>;
}

interface Waiting {
  take(): void;
  refuse(error: Error): void;
}

/** In place of a pool of one, which makes a promise, a timer and a record of each use: that took longer than many a statement. */
export function oneConnection<Connection>(open: () => Promise<Connection>): OneConnection<Connection> {
  const queue: Waiting[] = [];
  let isTaken = false;
  let opened: Promise<Connection> | undefined;
  const wait = () =>
    new Promise<void>((resolve, reject) => {
      const settle = () => {
        clearTimeout(late);
        const place = queue.indexOf(waiting);
        if (place >= 0) queue.splice(place, 1);
      };
      const waiting: Waiting = {
        take() {
          settle();
          resolve();
        },
        refuse(error) {
          settle();
          reject(error);
        },
      };
      const late = setTimeout(
        () => waiting.refuse(new Error(`The connection was not free within ${patienceMs / 1_000} seconds`)),
        patienceMs,
      );
      queue.push(waiting);
    });
  const release = () => {
    const [next] = queue;
    isTaken = next !== undefined;
    next?.take();
  };
  const refuseAll = () => {
    for (const waiting of [...queue]) waiting.refuse(new Error('The connection is closed'));
  };
  return {
    async acquire() {
      if (isTaken) await wait();
      isTaken = true;
      try {
        opened ??= open();
        return await opened;
      } catch (error) {
        opened = undefined;
        release();
        throw error;
      }
    },
    release,
    async end() {
      refuseAll();
      if (isTaken) await wait();
      refuseAll();
      const last = await opened?.catch(() => undefined);
      opened = undefined;
      isTaken = false;
      return last;
    },
  };
}
