import type { ParsedSubgraph } from '../graph/parsed-subgraphs.ts';
import type { Finding } from '../report/finding.ts';
import { type LintRule, type LintSettings, lintedSubgraph } from './linted-graph.ts';
import { connections } from './rules/connections.ts';
import { contributedFields } from './rules/contributed-fields.ts';
import { deprecations } from './rules/deprecations.ts';
import { descriptions } from './rules/descriptions.ts';
import { errors } from './rules/errors.ts';
import { ids } from './rules/ids.ts';
import { links } from './rules/links.ts';
import { money } from './rules/money.ts';
import { mutations } from './rules/mutations.ts';
import { names } from './rules/names.ts';

/** The rules of schema/conventions.md that a program can check. */
const rules: readonly LintRule[] = [
  descriptions,
  names,
  ids,
  money,
  connections,
  contributedFields,
  mutations,
  errors,
  deprecations,
  links,
];

const noSettings: LintSettings = { origins: {}, verbs: [] };

/** Whether subgraphs keep to the conventions of the graph, each finding with its file and line and how to mend it. */
export function lintSubgraphs(
  subgraphs: readonly ParsedSubgraph[],
  settings: LintSettings = noSettings,
): Finding[] {
  const linted = subgraphs.map(lintedSubgraph);
  return rules.flatMap((rule) =>
    [...rule(linted, settings)].map((finding) => ({ step: 'lint' as const, ...finding })),
  );
}
