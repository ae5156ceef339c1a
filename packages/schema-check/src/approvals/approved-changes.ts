import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Finding } from '../report/finding.ts';

/** Where breaks that are meant are written down, relative to the root. */
export const approvalsFile = 'schema/approved-changes.yaml';

/** A break that is meant. */
export interface ApprovedChange {
  /** As a finding names them: what changed, and how. */
  readonly coordinate: string;
  readonly code: string;
  readonly why: string;
  /** The last day (UTC) on which it counts, such as 2026-12-31. */
  readonly until: string;
  /** Counted from 1. */
  readonly line: number;
}

const text = (what: string) =>
  z
    .string({ error: `expected ${what}` })
    .trim()
    .min(1, `expected ${what}`);
const fileShape = z.strictObject({
  approved: z
    .array(
      z.strictObject({
        coordinate: text('what changed, as the report names it, for example Product.legacyName'),
        code: text('how it changed, as the report names it, for example FIELD_REMOVED'),
        why: text('the reason'),
        until: z.iso.date({ error: 'expected the last day on which it counts, for example 2026-12-31' }),
      }),
      { error: 'expected a list of changes with coordinate, code, why and until' },
    )
    .nullable(),
});

/** Reads root/schema/approved-changes.yaml. A file that is not one is a finding, and approves nothing. */
export function readApprovedChanges(root: string): {
  readonly approved: readonly ApprovedChange[];
  readonly findings: readonly Finding[];
} {
  const path = join(root, approvalsFile);
  if (!existsSync(path)) return { approved: [], findings: [] };
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const [syntax] = document.errors;
  if (syntax) return { approved: [], findings: [invalid(syntax.message, lines.linePos(syntax.pos[0]).line)] };

  const lineOf = (key: readonly PropertyKey[]) => {
    const node = document.getIn(key, true);
    return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
  };
  const parsed = fileShape.safeParse(document.toJS());
  if (!parsed.success) {
    const findings = parsed.error.issues.map(({ path: key, message }) =>
      invalid(
        `${key.length === 0 ? '' : `${key.join('.')}: `}${message}`,
        lineOf(key) ?? lineOf(key.slice(0, -1)),
      ),
    );
    return { approved: [], findings };
  }
  const approved = (parsed.data.approved ?? []).map((change, index) => ({
    ...change,
    line: lineOf(['approved', index]) ?? 1,
  }));
  return { approved, findings: [] };
}

function invalid(found: string, line: number | undefined): Finding {
  return {
    step: 'operations',
    level: 'error',
    code: 'APPROVALS_INVALID',
    message: `${approvalsFile} cannot be read: ${found}`,
    mend: 'Write, for example:\n  approved:\n    - coordinate: Product.legacyName\n      code: FIELD_REMOVED\n      why: Nobody has sent it since May\n      until: 2026-12-31',
    file: approvalsFile,
    ...(line === undefined ? {} : { line }),
  };
}
