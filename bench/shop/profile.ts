import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repositoryRoot } from '@stoa/registry';

/** What `node --cpu-prof` writes, as far as it is read here; times are microseconds of the system's steady clock. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
      readonly columnNumber: number;
    };
  }[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Prints where the main thread of a process was, between two readings of `process.hrtime.bigint()`. */
export function printProfile(folder: string, title: string, from: bigint, to: bigint): void {
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile'));
  if (file === undefined) throw new Error('Expected the process to leave a profile when it ended');
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
  const placeOf = sourcePlaces();
  const places = new Map(profile.nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  const byPackage = new Map<string, number>();
  const byFunction = new Map<string, number>();
  let at = profile.startTime;
  let total = 0;
  for (const [index, id] of profile.samples.entries()) {
    const delta = profile.timeDeltas[index] ?? 0;
    at += delta;
    const place = places.get(id);
    if (
      place === undefined ||
      place.name === '(idle)' ||
      at < Number(from / 1_000n) ||
      at > Number(to / 1_000n)
    )
      continue;
    total += delta;
    byPackage.set(place.owner, (byPackage.get(place.owner) ?? 0) + delta);
    byFunction.set(place.name, (byFunction.get(place.name) ?? 0) + delta);
  }
  console.log(`\n${title}: self time of the main thread, ${(total / 1_000).toFixed(0)} ms in all`);
  for (const [counted, most] of [
    [byPackage, 16],
    [byFunction, 24],
  ] as const) {
    console.log('');
    for (const [name, time] of [...counted].sort(([, one], [, other]) => other - one).slice(0, most))
      console.log(`${((time / total) * 100).toFixed(1).padStart(5)} %  ${name}`);
  }
}

interface Place {
  /** A package, or a folder of this repository. */
  readonly owner: string;
  readonly name: string;
}

/** Our own code runs as a bundle; its source map says where each function stands. */
function sourcePlaces(): (frame: CpuProfile['nodes'][number]['callFrame']) => Place {
  const maps = new Map<string, SourceMap | null>();
  return ({ functionName, url, lineNumber, columnNumber }) => {
    const name = functionName === '' ? '(anonymous)' : functionName;
    const dependency = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)/.exec(url);
    if (dependency !== null)
      return {
        owner: dependency[1] ?? '',
        name: `${name}  ${dependency[1]}/${dependency[2]}:${lineNumber + 1}`,
      };
    if (!url.startsWith('file:'))
      return { owner: url === '' ? name : 'node', name: `${name}  ${url}`.trim() };
    const path = fileURLToPath(url);
    if (!maps.has(path)) maps.set(path, existsSync(`${path}.map`) ? readMap(`${path}.map`) : null);
    const entry = maps.get(path)?.findEntry(lineNumber, columnNumber);
    const source =
      entry !== undefined && 'originalSource' in entry ? join(path, '..', entry.originalSource) : path;
    const place = relative(repositoryRoot(), source);
    return { owner: place.split('/').slice(0, 2).join('/'), name: `${name}  ${place}` };
  };
}

function readMap(file: string): SourceMap {
  return new SourceMap(JSON.parse(readFileSync(file, 'utf8')));
}
