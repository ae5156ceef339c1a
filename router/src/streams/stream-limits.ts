import { GraphQLError } from 'graphql';

export interface StreamLimits {
  /** Connections that are answered in parts, in all. */
  readonly most: number;
  /** Of them, those of one caller: a user, or a guest's address. */
  readonly mostOfCaller: number;
  /** Operations at once on one WebSocket. */
  readonly mostOfSocket: number;
  /** Answers that wait for a client that reads slowly. */
  readonly buffered: number;
  readonly heartbeatMs: number;
}

/** Counts what is open. */
export interface StreamCounter {
  readonly size: number;
  /**
   * Counts one more.
   * @returns what takes it off again; it may be called twice
   * @throws {GraphQLError} TOO_MANY_STREAMS, at a limit
   */
  enter(caller: string): () => void;
}

export function streamCounter({ most, mostOfCaller }: StreamLimits): StreamCounter {
  const byCaller = new Map<string, number>();
  let size = 0;
  return {
    get size() {
      return size;
    },
    enter(caller) {
      if (size >= most) throw tooMany('The router has as many streams open as it may', 503);
      const own = byCaller.get(caller) ?? 0;
      if (own >= mostOfCaller) throw tooMany(`Expected at most ${mostOfCaller} streams at once`, 429);
      size += 1;
      byCaller.set(caller, own + 1);
      let isIn = true;
      return () => {
        if (!isIn) return;
        isIn = false;
        size -= 1;
        const left = (byCaller.get(caller) ?? 1) - 1;
        if (left === 0) byCaller.delete(caller);
        else byCaller.set(caller, left);
      };
    },
  };
}

function tooMany(message: string, status: number): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'TOO_MANY_STREAMS', http: { status } } });
}
