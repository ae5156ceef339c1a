import type { Logger } from '@stoa/telemetry';

/** Work that goes on after the answer has been given, so that neither its time nor its failure shows in the answer. */
export interface AfterAnswer {
  /** Starts the work and does not wait for it. A failure is logged under the name of the work. */
  run(name: string, work: () => Promise<void>): void;
  /** Waits for all that was started. */
  finish(): Promise<void>;
}

export function createAfterAnswer(logger: Logger): AfterAnswer {
  const running = new Set<Promise<void>>();
  return {
    run(name, work) {
      const task = work()
        .catch((error: unknown) => logger.error({ event: 'after-answer.failed', work: name, err: error }))
        .finally(() => running.delete(task));
      running.add(task);
    },
    async finish() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
