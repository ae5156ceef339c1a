import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { appendFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, Kind, print, visit } from 'graphql';
import { withoutParsed } from '../operation/operation-weight.ts';
import { plannerConfig } from '../supergraph.ts';
import type { GraphPlanner, Planner } from './planner.ts';

export interface KeptPlansOptions {
  /** Made when the first plan is kept. Each supergraph has a file there; those of the last few stay. */
  readonly folder: string;
  /** Told once when plans cannot be kept; they are made all the same. */
  readonly onFailed: (error: unknown) => void;
  readonly maxFileBytes?: number;
}

/** Files that stay: of the supergraph that is served, and of some before it, in case one comes back. */
const filesKept = 4;

/**
 * Keeps the plans that another planner makes in files, for the next start of the process: that planner is opened for a supergraph
 * when a plan is wanted that is not there. What is in a file holds for one supergraph and one planner,
 * its version and how it is set.
 */
export function keptPlans(planner: Planner, options: KeptPlansOptions): Planner {
  return {
    open: (supergraph) => openKept(() => planner.open(supergraph), fileName(supergraph.sdl), options),
    close: () => planner.close(),
  };
}

function openKept(
  openPlanner: () => GraphPlanner,
  name: string,
  { folder, onFailed, maxFileBytes = 20_000_000 }: KeptPlansOptions,
): GraphPlanner {
  const file = join(folder, name);
  const { plans, bytes } = readPlans(file);
  const written = new Set(plans.keys());
  let size = bytes;
  // Where nothing is kept, a plan will be wanted soon.
  let inner = plans.size === 0 ? openPlanner() : undefined;
  let writing = Promise.resolve();
  let hasRoom = bytes > 0;
  let hasFailed = false;

  const keep = (key: string, plan: QueryPlan) => {
    const line = `${key} ${JSON.stringify(plan, withoutParsed)}\n`;
    if (hasFailed || written.has(key) || size + line.length > maxFileBytes) return;
    written.add(key);
    size += line.length;
    writing = writing
      .then(async () => {
        if (!hasRoom) await makeRoom(folder, name);
        hasRoom = true;
        await appendFile(file, line, { mode: 0o600 });
      })
      .catch((error: unknown) => {
        if (!hasFailed) onFailed(error);
        hasFailed = true;
      });
  };

  return {
    async plan(document, operationName, labels) {
      const key = keyOf(document, operationName, labels);
      const known = key === null ? null : parsePlan(plans.get(key));
      // Whoever has asked keeps it.
      if (key !== null) plans.delete(key);
      if (known !== null) return known;
      inner ??= openPlanner();
      const plan = await inner.plan(document, operationName, labels);
      if (key !== null) keep(key, plan);
      return plan;
    },
    close: () => inner?.close(),
  };
}

function fileName(sdl: string): string {
  const { version } = createRequire(import.meta.url)('@apollo/query-planner/package.json') as {
    version: string;
  };
  return `${digest(JSON.stringify([version, plannerConfig, sdl]))}.plans`;
}

/** @returns null for an operation with a text in it, which may be a password: it is not written down */
function keyOf(
  document: DocumentNode,
  operationName: string | undefined,
  labels: ReadonlySet<string>,
): string | null {
  let hasText = false;
  visit(document, {
    [Kind.STRING]: () => {
      hasText = true;
    },
  });
  if (hasText) return null;
  return digest(JSON.stringify([operationName, [...labels].sort(), print(document)]));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 32);
}

/** The lines of a file, each a key and a plan; of what is not there, none. */
function readPlans(file: string): { readonly plans: Map<string, string>; readonly bytes: number } {
  const plans = new Map<string, string>();
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { plans, bytes: 0 };
  }
  for (const line of text.split('\n')) {
    const end = line.indexOf(' ');
    if (end > 0) plans.set(line.slice(0, end), line.slice(end + 1));
  }
  return { plans, bytes: text.length };
}

/** @returns null for a line that was not written to its end */
function parsePlan(text: string | undefined): QueryPlan | null {
  if (text === undefined) return null;
  try {
    const plan = JSON.parse(text) as QueryPlan;
    return plan.kind === 'QueryPlan' ? plan : null;
  } catch {
    return null;
  }
}

/** Makes the folder, and removes the oldest files when there are many beside this one. */
async function makeRoom(folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const others = (await readdir(folder)).filter((other) => other.endsWith('.plans') && other !== name);
  const dated = await Promise.all(
    others.map(async (other) => ({ other, at: (await stat(join(folder, other))).mtimeMs })),
  );
  const old = dated.sort((a, b) => b.at - a.at).slice(filesKept - 1);
  await Promise.all(old.map(({ other }) => rm(join(folder, other), { force: true })));
}
