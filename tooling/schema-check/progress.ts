import { Worker } from 'node:worker_threads';

/** Shows what is being done, once it has taken more than a second. */
export interface Progress {
  tell(text: string): void;
  /** Shows nothing more, and leaves the line clean. */
  stop(): Promise<void>;
}

/** Composition and planning keep this thread busy for seconds, so that another one watches the clock. */
export function startProgress(): Progress {
  const thread = new Worker(new URL('./progress-thread.mjs', import.meta.url), {
    workerData: { isTerminal: process.stderr.isTTY === true },
  });
  thread.unref();
  return {
    tell: (text) => thread.postMessage(text),
    async stop() {
      await thread.terminate();
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    },
  };
}
