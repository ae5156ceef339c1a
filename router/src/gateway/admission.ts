import { performance } from 'node:perf_hooks';

/** Decides when operations begin. */
export interface Admission {
  /** Does work when it is its turn, in the order in which it was asked for. */
  run<Value>(work: () => Promise<Value>): Promise<Value>;
}

export interface AdmissionOptions {
  /** So many are always under way, if there are as many; 0 lets all begin at once. */
  readonly atOnce: number;
  /** Whether the process had time to spare since it was last asked. Another one in a test. */
  readonly hasTime?: () => boolean;
}

/** How often those that wait are looked at: often enough that nobody notices who meets an idle process. */
const lookMs = 5;
/** Above this share of the time, the thread has as much to do as it can. */
const busyShare = 0.9;

/**
 * Lets more operations begin than are always under way only as long as the thread has time to spare. One that has none is no faster with more of
 * them: each only waits longer among the others, and what it holds meanwhile is moved about by the garbage collector. Where operations wait for slow
 * subgraphs there is time to spare, and twice as many begin at each look.
 */
export function admission({ atOnce, hasTime = threadHadTime() }: AdmissionOptions): Admission {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  let looking: NodeJS.Timeout | undefined;
  let more = atOnce;

  const begin = (count: number) => {
    for (const start of waiting.splice(0, count)) {
      underWay += 1;
      start();
    }
  };
  const look = () => {
    if (hasTime()) {
      begin(more);
      more *= 2;
    } else more = atOnce;
    looking = waiting.length === 0 ? undefined : setTimeout(look, lookMs);
  };
  const turn = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (looking !== undefined) return;
      more = atOnce;
      hasTime();
      looking = setTimeout(look, lookMs);
    });

  return {
    async run(work) {
      if (atOnce === 0) return work();
      if (underWay < atOnce) underWay += 1;
      else await turn();
      try {
        return await work();
      } finally {
        underWay -= 1;
        if (underWay < atOnce) begin(1);
      }
    },
  };
}

function threadHadTime(): () => boolean {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization < busyShare;
  };
}
