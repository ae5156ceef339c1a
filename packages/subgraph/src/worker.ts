import type { Logger } from '@stoa/telemetry';

/** Work that nobody asks for: it is done over and over as long as the process lives. */
export interface Worker<App, Context> {
  /** Names it in logs and tests, for example `expire-reservations`. */
  readonly name: string;
  /** How long to rest after a pass that left nothing to do. */
  readonly pauseMs: (app: App) => number;
  /**
   * One pass, with a context of its own that acts as the service. It takes a bounded piece of work, and may run in
   * several instances at once.
   * @returns true when there is more to do at once
   */
  readonly pass: (context: Context, app: App) => Promise<boolean>;
}

/** Something that goes on until it is stopped. */
export interface Running {
  /** Lets the pass that runs end, and begins no other. May be called twice. */
  stop(): Promise<void>;
}

export interface Loop {
  readonly name: string;
  readonly pauseMs: number;
  /** Told by the signal that it should come to an end. */
  readonly pass: (stopping: AbortSignal) => Promise<boolean>;
  readonly logger: Logger;
  /** Given, once, what ends the pause: for work that somebody in this process knows to be there. */
  readonly wakenBy?: (wake: () => void) => void;
}

/** Repeats a pass. One that fails is logged, and the next is tried after the pause: what it met may be over by then. */
export function startLoop({ name, pauseMs, pass, logger, wakenBy }: Loop): Running {
  const stopping = new AbortController();
  let isWoken = false;
  let endPause = () => {};
  const wake = () => {
    isWoken = true;
    endPause();
  };
  wakenBy?.(wake);
  const run = async () => {
    while (!stopping.signal.aborted) {
      // What wakes it from here on may have come too late for this pass.
      isWoken = false;
      const hasMore = await pass(stopping.signal).catch((error: unknown) => {
        logger.error({ event: 'worker.failed', worker: name, err: error });
        return false;
      });
      if (hasMore || isWoken || stopping.signal.aborted) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs).unref();
        endPause = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const ended = run();
  return {
    stop() {
      stopping.abort();
      endPause();
      return ended;
    },
  };
}
