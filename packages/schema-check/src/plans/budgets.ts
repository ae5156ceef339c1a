import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Finding } from '../report/finding.ts';
import type { PlanCost } from './plan-cost.ts';

/** What an operation may cost, in place of what it cost before. What is left out is not bounded. */
export type Budget = Partial<PlanCost>;

export interface Budgets {
  /** By the name of the operation. */
  readonly byOperation: ReadonlyMap<string, Budget & { readonly line?: number }>;
  /** What is wrong with the file; then it names no budgets. */
  readonly findings: readonly Finding[];
}

/** Relative to the root of the repository. */
export const budgetsFile = 'schema/operations/budgets.yaml';

const limit = z.int().min(0);
const fileShape = z.strictObject({
  budgets: z
    .record(z.string(), z.strictObject({ fetches: limit.optional(), depth: limit.optional() }))
    .nullable(),
});

/** Reads the budgets of a repository. One without the file has none. */
export function readBudgets(root: string): Budgets {
  const path = join(root, budgetsFile);
  if (!existsSync(path)) return { byOperation: new Map(), findings: [] };
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const lineOf = (key: readonly PropertyKey[]) => {
    const node = key.length === 0 ? null : document.getIn(key, true);
    return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
  };
  const [syntax] = document.errors;
  if (syntax)
    return { byOperation: new Map(), findings: [invalid(syntax.message, lines.linePos(syntax.pos[0]).line)] };
  const parsed = fileShape.safeParse(document.toJS());
  if (!parsed.success) {
    return {
      byOperation: new Map(),
      findings: parsed.error.issues.map(({ path: key, message }) =>
        invalid(`${key.join('.') || 'the file'}: ${message}`, lineOf(key)),
      ),
    };
  }
  const byOperation = new Map(
    Object.entries(parsed.data.budgets ?? {}).map(([name, { fetches, depth }]) => {
      const line = lineOf(['budgets', name]);
      const budget = {
        ...(fetches === undefined ? {} : { fetches }),
        ...(depth === undefined ? {} : { depth }),
        ...(line === undefined ? {} : { line }),
      };
      return [name, budget] as const;
    }),
  );
  return { byOperation, findings: [] };
}

function invalid(problem: string, line: number | undefined): Finding {
  return {
    step: 'plans',
    level: 'error',
    code: 'BUDGETS_INVALID',
    message: `Expected budgets by the names of operations, and found: ${problem}`,
    mend: 'Write each as `  NameOfOperation: { fetches: 4, depth: 2 }` under the key `budgets`.',
    file: budgetsFile,
    ...(line === undefined ? {} : { line }),
  };
}
