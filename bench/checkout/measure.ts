export interface Figures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Does something `times` times, `atOnce` at a time. */
export async function measure(
  times: number,
  atOnce: number,
  work: (worker: number) => Promise<void>,
): Promise<Figures> {
  const durations: number[] = [];
  const started = performance.now();
  let left = times;
  const run = async (worker: number) => {
    while (left > 0) {
      left -= 1;
      const begun = performance.now();
      await work(worker);
      durations.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, worker) => run(worker)));
  const seconds = (performance.now() - started) / 1_000;
  durations.sort((one, other) => one - other);
  const at = (share: number) =>
    durations[Math.min(durations.length - 1, Math.floor(durations.length * share))] ?? 0;
  return { perSecond: times / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}
