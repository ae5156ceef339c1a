import type { Finding, StepName } from './finding.ts';

/** How one part of the check went. */
export interface StepReport {
  readonly name: StepName;
  /** A step that is skipped says why in `note`. */
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly note: string | null;
  readonly durationMs: number;
}

/** What a run of the check comes to. */
export interface Report {
  /** Whether nothing stands in the way of the merge: no finding is an error. */
  readonly ok: boolean;
  /** What was compared with, for people; null when there is no base. */
  readonly base: string | null;
  readonly checked: string;
  readonly steps: readonly StepReport[];
  readonly findings: readonly Finding[];
  readonly durationMs: number;
}

/** How many findings there are of each level. */
export function countsOf(findings: readonly Finding[]): Record<Finding['level'], number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { level } of findings) counts[level] += 1;
  return counts;
}

/** `1 error`, `2 errors`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What each step looks at, for a heading. */
export const stepTitles: Readonly<Record<StepName, string>> = {
  lint: "Lint of the subgraphs' schemas",
  composition: 'Composition',
  diff: 'Changes of the API schema',
  operations: "Clients' operations",
  plans: 'Query plans',
  contracts: 'Contracts',
  proto: 'Proto files',
  events: 'Event contracts',
};
