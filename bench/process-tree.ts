import { readdirSync, readFileSync } from 'node:fs';

/** What a process and those that it started have used, as Linux tells it. */
export interface Used {
  /** User and system time, of all threads. */
  readonly cpuMs: number;
  /** The most memory (resident set) at any one time, added up over the processes. */
  readonly peakMegabytes: number;
  readonly megabytes: number;
}

const ticksPerSecond = 100;

/** @param pids of one process or of several */
export function used(pids: number | readonly number[]): Used {
  const sum = { cpuMs: 0, peakMegabytes: 0, megabytes: 0 };
  for (const one of treesOf([pids].flat())) {
    const stat = statOf(one);
    const status = readFileSync(`/proc/${one}/status`, 'utf8');
    sum.cpuMs += ((Number(stat[11]) + Number(stat[12])) / ticksPerSecond) * 1_000;
    sum.peakMegabytes += Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
    sum.megabytes += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
  }
  return sum;
}

function treesOf(roots: readonly number[]): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = Number(statOf(Number(name))[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It has ended meanwhile.
    }
  }
  const trees = [...roots];
  for (const pid of trees) trees.push(...(children.get(pid) ?? []));
  return trees;
}

/** The fields after the program's name, which may hold spaces: state, parent, ... user time, system time. */
function statOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}
