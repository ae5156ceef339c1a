import { parsedSubgraphs } from '../graph/parsed-subgraphs.ts';
import type { Finding } from '../report/finding.ts';
import type { Step } from '../step.ts';
import { readLintSettings } from './lint-settings.ts';
import { lintSubgraphs } from './lint-subgraphs.ts';

/**
 * The lint of every subgraph. What the base had already is no fault of this change, and is a level milder: a team is not
 * held up by another's.
 */
export const lintStep: Step = async (before, after, { root }) => {
  const { settings, findings } = readLintSettings(root);
  const known = new Set(before ? lintSubgraphs(parsedSubgraphs(before), settings).map(keyOf) : []);
  return [
    ...findings,
    ...lintSubgraphs(parsedSubgraphs(after), settings).map((finding) =>
      known.has(keyOf(finding)) ? milder(finding) : finding,
    ),
  ];
};

function keyOf({ code, file, coordinate }: Finding): string {
  return `${code} ${file} ${coordinate}`;
}

function milder(finding: Finding): Finding {
  const level = finding.level === 'error' ? 'warning' : 'info';
  return { ...finding, level, message: `${finding.message} (The base has it too.)` };
}
