import { setMaxListeners } from 'node:events';

/** Work that is under way, by what it is the work for. */
export interface InFlight<Value> {
  /**
   * Joins the work that is under way for a key, or starts it. It is given up when nobody waits for it any more.
   * @param asker never joined by another
   * @param kind the same for what may be answered by the same value, also to different people, if what `more` gives is the same, too
   * @param more tells the rest of what it is the work for, and is costly
   * @param work gets a signal that is given when all who waited have gone, and may close itself to whoever comes later
   * @param signal of the one who asks
   * @param copy makes the value of each who joins another's work; without it all get the same, which nobody may change
   */
  join(
    asker: string,
    kind: string,
    more: () => string,
    work: Work<Value>,
    signal: AbortSignal | undefined,
    copy?: (value: Value) => Value,
  ): Promise<Value>;
  /** Has what is under way for an asker joined no more. */
  close(asker: string): void;
}

type Work<Value> = (signal: AbortSignal, close: () => void) => Promise<Value>;

interface Shared<Value> {
  readonly value: Promise<Value>;
  readonly leave: () => void;
  /** Those who wait for it, now. */
  waiting: number;
  /** Whether somebody has joined: then the value is nobody's own. */
  isShared: boolean;
}

export function inFlight<Value>(): InFlight<Value> {
  const underWay = new Map<string, Map<string, Shared<Value>>>();

  const start = (asker: string, key: string, work: Work<Value>): Shared<Value> => {
    const controller = new AbortController();
    // The work may be many requests at once, and each listens.
    setMaxListeners(0, controller.signal);
    const own = underWay.get(asker) ?? new Map<string, Shared<Value>>();
    const forget = () => {
      if (own.get(key) !== shared) return;
      own.delete(key);
      if (own.size === 0 && underWay.get(asker) === own) underWay.delete(asker);
    };
    const shared: Shared<Value> = {
      value: work(controller.signal, forget).finally(forget),
      leave() {
        shared.waiting -= 1;
        if (shared.waiting > 0) return;
        // Who comes now starts anew, and does not share what is being given up.
        forget();
        controller.abort();
      },
      waiting: 0,
      isShared: false,
    };
    own.set(key, shared);
    underWay.set(asker, own);
    return shared;
  };

  return {
    close: (asker) => underWay.delete(asker),
    async join(asker, kind, more, work, signal, copy) {
      const key = `${more()}\n${kind}`;
      let shared = underWay.get(asker)?.get(key);
      if (shared === undefined) shared = start(asker, key, work);
      else shared.isShared = true;
      shared.waiting += 1;
      const { leave } = shared;
      if (signal?.aborted) leave();
      else signal?.addEventListener('abort', leave);
      try {
        const value = await shared.value;
        return copy !== undefined && shared.isShared ? copy(value) : value;
      } finally {
        signal?.removeEventListener('abort', leave);
      }
    },
  };
}

/** Of an asker who cannot go away. */
const unending = new AbortController().signal;
setMaxListeners(0, unending);

interface SharedByOne<Value> extends Pick<Shared<Value>, 'value' | 'isShared'> {
  readonly more: () => string;
}

/**
 * The same for the work of one asker, which is given up as a whole: it needs no signal but the asker's. Little is under way at one
 * time, so that what is costly to tell is told only of two that are of one kind.
 */
export function inFlightOfOne<Value>(): InFlight<Value> {
  const underWay = new Map<string, SharedByOne<Value>[]>();
  return {
    close: () => underWay.clear(),
    async join(_, kind, more, work, signal, copy) {
      const ofKind = underWay.get(kind) ?? [];
      underWay.set(kind, ofKind);
      let shared = ofKind.find((other) => other.more() === more());
      if (shared !== undefined) shared.isShared = true;
      else {
        const close = () => {
          const at = ofKind.indexOf(started);
          if (at !== -1) ofKind.splice(at, 1);
        };
        const started = { value: work(signal ?? unending, close), isShared: false, more };
        started.value.then(close, close);
        ofKind.push(started);
        shared = started;
      }
      const value = await shared.value;
      return copy !== undefined && shared.isShared ? copy(value) : value;
    },
  };
}
