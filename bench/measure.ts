import { type LoadFigures, type LoadOptions, load } from './load.ts';
import { type Used, used } from './process-tree.ts';

export interface Measured {
  readonly figures: LoadFigures;
  /** Of processor time, for one request. */
  readonly cpuMs: number;
  readonly used: Used;
}

/** Loads a server and says what it took, from when it was warm. */
export async function measure(
  pids: number | readonly number[],
  options: Omit<LoadOptions, 'onWarm'>,
): Promise<Measured> {
  let before = 0;
  const figures = await load({
    ...options,
    onWarm: () => {
      before = used(pids).cpuMs;
    },
  });
  const after = used(pids);
  return { figures, cpuMs: (after.cpuMs - before) / figures.requests, used: after };
}
