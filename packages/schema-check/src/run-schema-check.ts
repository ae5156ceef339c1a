import { RegistryError } from '@stoa/registry';
import { applyApprovals } from './approvals/apply-approvals.ts';
import { readApprovedChanges } from './approvals/approved-changes.ts';
import { compositionStep } from './composition/composition-step.ts';
import { contractsStep } from './contracts/contracts-step.ts';
import { diffStep } from './diff/diff-step.ts';
import { eventsStep } from './events/events-step.ts';
import { fromWorkingTree } from './graph/from-working-tree.ts';
import type { GraphVersion } from './graph/graph-version.ts';
import { InputError } from './graph/input-error.ts';
import { loadBase } from './graph/load-base.ts';
import { lintStep } from './lint/lint-step.ts';
import { operationFilesOf, readClientDocuments } from './operations/client-documents.ts';
import { withUsage } from './operations/known-operations.ts';
import { operationsStep } from './operations/operations-step.ts';
import type { UsageSource } from './operations/usage-source.ts';
import { plansStep } from './plans/plans-step.ts';
import { protoStep } from './proto/proto-step.ts';
import type { Finding, StepName } from './report/finding.ts';
import type { Report, StepReport } from './report/report.ts';
import type { CheckContext, Step } from './step.ts';

export interface SchemaCheckOptions {
  /** Absolute path of the repository: the folder of rover.yaml. */
  readonly root: string;
  /** A commit, a file or a URL; by default where the work left the main branch. */
  readonly base?: string;
  /** Opens the record of use; without it, only the committed documents count. */
  readonly openUsage?: () => Promise<OpenUsage>;
  /** How many days of use count; 30 by default. */
  readonly days?: number;
  /** The present; for tests. */
  readonly now?: Date;
  /** Is told what is being done, for example "plans: 400 of 2000". */
  readonly progress?: (text: string) => void;
}

export interface OpenUsage extends UsageSource {
  close(): Promise<void>;
}

const steps: readonly { readonly name: StepName; readonly run: Step; readonly needsGraph: boolean }[] = [
  { name: 'lint', run: lintStep, needsGraph: false },
  { name: 'composition', run: compositionStep, needsGraph: false },
  { name: 'diff', run: diffStep, needsGraph: true },
  { name: 'operations', run: operationsStep, needsGraph: true },
  { name: 'plans', run: plansStep, needsGraph: true },
  { name: 'contracts', run: contractsStep, needsGraph: true },
  { name: 'proto', run: protoStep, needsGraph: false },
  { name: 'events', run: eventsStep, needsGraph: false },
];

const defaultDays = 30;
const dayMs = 86_400_000;

/**
 * Checks the graph of the working tree against a base, and says all that it found. What it was given and cannot use, such
 * as a base that does not exist, is a finding too, and the steps that can do without are run.
 */
export async function runSchemaCheck(options: SchemaCheckOptions): Promise<Report> {
  const { root, base = null, days = defaultDays, now = new Date(), progress = () => undefined } = options;
  const started = performance.now();
  const findings: Finding[] = [];

  progress('composing the working tree');
  const after = catching(findings, () => fromWorkingTree(root));
  progress('reading the base');
  const before = after && (await catchingAsync(findings, () => loadBase(root, base, after)));
  if (before && !before.apiSchema) findings.push(baseDoesNotCompose(before));
  const loadMs = performance.now() - started;

  const usage = await catchingAsync(findings, async () => (await options.openUsage?.()) ?? null);
  const stepReports: StepReport[] = [];
  try {
    const since = new Date(now.getTime() - days * dayMs);
    progress('reading the operations');
    const documents = readClientDocuments(operationFilesOf(root));
    findings.push(...documents.findings);
    const context: CheckContext = {
      root,
      operations: await withUsage(documents.operations, usage, since),
      usage,
      since,
      now,
      progress,
    };
    for (const step of steps) {
      const reason = reasonToSkip(step.name, step.needsGraph, before, after);
      if (reason !== null || !after) {
        stepReports.push({ name: step.name, outcome: 'skipped', note: reason, durationMs: 0 });
        continue;
      }
      progress(step.name);
      const stepStarted = performance.now();
      findings.push(...(await step.run(before, after, context)));
      const durationMs = performance.now() - stepStarted + (step.name === 'composition' ? loadMs : 0);
      stepReports.push({ name: step.name, outcome: 'passed', note: noteOf(step.name, context), durationMs });
    }
  } finally {
    await usage?.close();
  }

  const { approved, findings: unreadable } = readApprovedChanges(root);
  const complete = stepReports.every(({ outcome }) => outcome === 'passed');
  const judged = applyApprovals([...findings, ...unreadable], approved, now, complete);
  const failed = new Set(judged.filter(({ level }) => level === 'error').map(({ step }) => step));
  return {
    ok: failed.size === 0,
    base: before?.label ?? null,
    checked: after?.label ?? 'the working tree',
    steps: stepReports.map((step) => (failed.has(step.name) ? { ...step, outcome: 'failed' } : step)),
    findings: judged,
    durationMs: performance.now() - started,
  };
}

function reasonToSkip(
  name: StepName,
  needsGraph: boolean,
  before: GraphVersion | null,
  after: GraphVersion | null,
): string | null {
  if (!after) return 'rover.yaml cannot be read';
  if (needsGraph && !after.apiSchema) return 'the subgraphs do not compose';
  if (name === 'diff' && !before?.apiSchema) return 'there is nothing to compare with';
  return null;
}

function noteOf(name: StepName, { operations }: CheckContext): string | null {
  if (name !== 'operations') return null;
  const clients = new Set(operations.map(({ client }) => client.name)).size;
  return `${operations.length} known operations of ${clients} ${clients === 1 ? 'client' : 'clients'}`;
}

/** A broken trunk must not hold up the change that mends it. */
function baseDoesNotCompose({ label, remarks }: GraphVersion): Finding {
  const errors = remarks.filter(({ level }) => level === 'error');
  return {
    step: 'diff',
    level: 'warning',
    code: 'BASE_DOES_NOT_COMPOSE',
    message: `The subgraphs of ${label} do not compose, so that nothing can be compared with it:\n${errors.map(({ message }) => `  - ${message}`).join('\n')}`,
    mend: 'Name an earlier base by --base.',
  };
}

function catching<Result>(findings: Finding[], attempt: () => Result): Result | null {
  try {
    return attempt();
  } catch (error) {
    findings.push(findingOf(error));
    return null;
  }
}

async function catchingAsync<Result>(
  findings: Finding[],
  attempt: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await attempt();
  } catch (error) {
    findings.push(findingOf(error));
    return null;
  }
}

function findingOf(error: unknown): Finding {
  if (error instanceof InputError) {
    const { code, message, mend } = error;
    return { step: code.startsWith('USAGE_') ? 'operations' : 'diff', level: 'error', code, message, mend };
  }
  if (error instanceof RegistryError) {
    return {
      step: 'composition',
      level: 'error',
      code: 'REGISTRY_INVALID',
      message: error.message,
      mend: 'Correct rover.yaml: one entry a subgraph, named as its folder.',
      file: 'rover.yaml',
    };
  }
  throw error;
}
