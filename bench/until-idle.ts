import { setTimeout as sleep } from 'node:timers/promises';
import { used } from './process-tree.ts';

const idleShare = 0.1;

/** Waits until servers do next to nothing for a second, but not for longer than half a minute. */
export async function untilIdle(pids: number | readonly number[]): Promise<void> {
  for (let second = 0; second < 30; second += 1) {
    const before = used(pids).cpuMs;
    await sleep(1_000);
    if (used(pids).cpuMs - before < idleShare * 1_000) return;
  }
}
