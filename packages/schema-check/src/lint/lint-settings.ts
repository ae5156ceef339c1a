import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { Finding } from '../report/finding.ts';
import type { LintSettings } from './linted-graph.ts';

/** Where a project says what the lint cannot know, relative to the root. It may be missing. */
const settingsFile = 'schema/lint.yaml';

const fileShape = z.strictObject({
  origins: z.record(z.string(), z.string()).default({}),
  verbs: z.array(z.string()).default([]),
});

/** Reads root/schema/lint.yaml. A file that is not one is a finding, and changes nothing. */
export function readLintSettings(root: string): {
  readonly settings: LintSettings;
  readonly findings: readonly Finding[];
} {
  const path = join(root, settingsFile);
  const nothing: LintSettings = { origins: {}, verbs: [] };
  if (!existsSync(path)) return { settings: nothing, findings: [] };
  const document = parseDocument(readFileSync(path, 'utf8'), { prettyErrors: false });
  const parsed = fileShape.safeParse(document.errors.length === 0 ? (document.toJS() ?? {}) : null);
  if (parsed.success) return { settings: parsed.data, findings: [] };
  return {
    settings: nothing,
    findings: [
      {
        step: 'lint',
        level: 'error',
        code: 'LINT_SETTINGS_INVALID',
        message: `Expected ${settingsFile} to hold origins (the owner of an entity) and verbs (of mutations), and it does not.`,
        mend: 'Write, for example:\n  origins:\n    User: accounts\n  verbs: [reconcile]',
        file: settingsFile,
      },
    ],
  };
}
