import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@stoa/telemetry';

/** How long a name rests after a pass that left nothing to do, so that a busy shop's passes have much to do each. */
const restMs = 100;

/** One pass of some work; true when there is more to do at once. */
export type Pass = () => Promise<boolean>;

/**
 * Work that a request begins and does not wait for. Of each name one pass runs at a time, and what is asked for
 * meanwhile is done by one more pass, so that many requests at once cost a few passes.
 */
export interface Background {
  begin(name: string, pass: Pass): void;
  /** Lets what runs end, and begins nothing more. */
  stop(): Promise<void>;
}

/** A pass that fails is logged and not repeated: the worker of that name comes by again. */
export function createBackground(logger: Logger): Background {
  const running = new Map<string, Promise<void>>();
  const wanted = new Set<string>();
  const stopping = new AbortController();
  const { signal } = stopping;

  const run = async (name: string, pass: Pass) => {
    let hasMore = true;
    while (!signal.aborted && (hasMore || wanted.delete(name))) {
      wanted.delete(name);
      hasMore = await pass().catch((error: unknown) => {
        logger.error({ event: 'background.failed', work: name, err: error });
        return false;
      });
      if (!hasMore) await sleep(restMs, undefined, { signal }).catch(() => {});
    }
    running.delete(name);
  };

  return {
    begin(name, pass) {
      if (signal.aborted) return;
      if (running.has(name)) wanted.add(name);
      else running.set(name, run(name, pass));
    },
    async stop() {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}
