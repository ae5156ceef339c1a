import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '@stoa/errors';
import {
  InputError,
  jsonReport,
  markdownReport,
  type OpenUsage,
  runSchemaCheck,
  terminalReport,
} from '@stoa/schema-check';
import { openUsageStore } from '@stoa/usage';

const usageOfCommand = `Usage: npm run schema:check -- [--base REV|FILE|URL] [--usage URL] [--days N] [--json] [--markdown FILE]

  --base      what to compare with: a commit, a supergraph file, or the graph that runs at a URL;
              without it, where the work left main
  --usage     the record of use that the router writes: sqlite:/path or postgresql://…;
              without it, the documents in schema/operations alone are known
  --days      how many days of use count; 30 without it
  --json      the report as JSON
  --markdown  also writes a summary fit for a pull request to a file`;

/** What the command comes to. */
export interface CheckAnswer {
  readonly ok: boolean;
  /** What to print. */
  readonly text: string;
}

export interface CommandSurroundings {
  /** Absolute path of the repository. */
  readonly root: string;
  /** Whether the output is a terminal with colours. */
  readonly colors: boolean;
  readonly progress: (text: string) => void;
  /** The present; for tests. */
  readonly now?: Date;
}

/**
 * Answers `npm run schema:check`.
 * @param args of the command line
 */
export async function schemaCheck(
  args: readonly string[],
  { root, colors, progress, now }: CommandSurroundings,
): Promise<CheckAnswer> {
  const asked = readArguments(args);
  if (typeof asked === 'string') return { ok: false, text: `${asked}\n\n${usageOfCommand}\n` };
  const { usage } = asked;
  const report = await runSchemaCheck({
    root,
    ...(asked.base === undefined ? {} : { base: asked.base }),
    ...(usage === undefined ? {} : { openUsage: () => openUsage(usage) }),
    days: asked.days,
    ...(now === undefined ? {} : { now }),
    progress,
  });
  if (asked.markdown !== undefined) {
    const file = isAbsolute(asked.markdown) ? asked.markdown : join(root, asked.markdown);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, markdownReport(report));
  }
  return { ok: report.ok, text: asked.json ? jsonReport(report) : terminalReport(report, { colors }) };
}

function readArguments(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        base: { type: 'string' },
        usage: { type: 'string' },
        days: { type: 'string', default: '30' },
        json: { type: 'boolean', default: false },
        markdown: { type: 'string' },
      },
    });
    if (!/^[1-9]\d{0,3}$/.test(values.days)) return `Expected --days from 1 to 9999, found ${values.days}`;
    return { ...values, days: Number(values.days) };
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}

async function openUsage(url: string): Promise<OpenUsage> {
  try {
    return await openUsageStore({ url, mustExist: true });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new InputError(
      'USAGE_UNREADABLE',
      `Expected a record of use at ${url.replace(/:[^:@/]*@/, ':…@')}, and it cannot be opened: ${error.message}`,
      'Let the router record use (USAGE=on) and name its store by --usage, or leave --usage out.',
      error,
    );
  }
}
