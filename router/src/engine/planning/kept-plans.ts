import { readFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, Kind, print, visit } from 'graphql';
import { withoutParsed } from '../operation/operation-weight.ts';
import { digest, keptFileName, makeRoom } from './kept-files.ts';
import type { GraphPlanner, Planner } from './planner.ts';

export interface KeptPlansOptions {
  /** Made when the first plan is kept. Each supergraph has a file there; those of the last few stay. */
  readonly folder: string;
  /** Told once when plans cannot be kept; they are made all the same. */
  readonly onFailed: (error: unknown) => void;
  readonly maxFileBytes?: number;
}

/**
 * Keeps the plans that another planner makes in files, for the next start of the process: that planner is opened for a supergraph
 * when a plan is wanted that is not there. What is in a file holds for one supergraph and one planner,
 * its version and how it is set.
 */
export function keptPlans(planner: Planner, options: KeptPlansOptions): Planner {
  return {
    open: (supergraph) =>
      openKept(() => planner.open(supergraph), keptFileName(supergraph.sdl, '.plans'), options),
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
