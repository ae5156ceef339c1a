import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { plannerConfig } from '../federation/planner-config.ts';

/** Supergraphs whose files stay: the one that is served, and some before it, in case one comes back. */
const supergraphsKept = 4;

/**
 * The name of a file with what was made of a supergraph. It holds for that supergraph and for one planner, its version and how
 * it is set; whatever is made of another has another name.
 * @param ending such as `.plans`
 */
export function keptFileName(sdl: string, ending: string): string {
  const { version } = createRequire(import.meta.url)('@apollo/query-planner/package.json') as {
    version: string;
  };
  return `${digest(JSON.stringify([version, plannerConfig, sdl]))}${ending}`;
}

/** Makes the folder, which only its owner can read, and removes the oldest files when there are of many supergraphs beside this one's. */
export async function makeRoom(folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const others = (await readdir(folder)).filter((other) => stemOf(other) !== stemOf(name));
  const dated = new Map<string, number>();
  for (const other of others) {
    // Another process may have renamed or removed it since.
    const found = await stat(join(folder, other)).catch(() => undefined);
    dated.set(stemOf(other), Math.max(found?.mtimeMs ?? 0, dated.get(stemOf(other)) ?? 0));
  }
  const old = new Set(
    [...dated]
      .sort(([, a], [, b]) => b - a)
      .slice(supergraphsKept - 1)
      .map(([stem]) => stem),
  );
  const gone = others.filter((other) => old.has(stemOf(other)));
  await Promise.all(gone.map((other) => rm(join(folder, other), { force: true })));
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 32);
}

/** What all files of one supergraph begin with, also one that is still being written. */
function stemOf(name: string): string {
  return name.split('.', 1)[0] ?? name;
}
