import { setTimeout as sleep } from 'node:timers/promises';
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
  readonly pass: () => Promise<boolean>;
  readonly logger: Logger;
}

/** Repeats a pass. One that fails is logged, and the next is tried after the pause: what it met may be over by then. */
export function startLoop({ name, pauseMs, pass, logger }: Loop): Running {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      const hasMore = await pass().catch((error: unknown) => {
        logger.error({ event: 'worker.failed', worker: name, err: error });
        return false;
      });
      if (!hasMore) await pause(pauseMs, stopping.signal);
    }
  };
  const ended = run();
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}

async function pause(pauseMs: number, signal: AbortSignal): Promise<void> {
  await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => {});
}
