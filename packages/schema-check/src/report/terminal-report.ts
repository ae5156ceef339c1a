import { styleText } from 'node:util';
import type { Finding } from './finding.ts';
import { countOf, countsOf, type Report, type StepReport, stepTitles } from './report.ts';

export interface TerminalOptions {
  readonly colors: boolean;
  /** How many informative findings of a step are shown; all errors and warnings are. */
  readonly mostInfos?: number;
}

type Paint = (style: 'red' | 'yellow' | 'green' | 'gray' | 'bold', text: string) => string;

/** The report for people, step by step: what failed, where, and how to mend it. */
export function terminalReport(report: Report, { colors, mostInfos = 10 }: TerminalOptions): string {
  const paint: Paint = (style, text) => (colors ? styleText(style, text, { validateStream: false }) : text);
  const heading = `Schema check of ${report.checked}${report.base === null ? '' : ` against ${report.base}`}`;
  const parts = report.steps.map((step) =>
    stepPart(
      step,
      report.findings.filter((finding) => finding.step === step.name),
      paint,
      mostInfos,
    ),
  );
  return `${paint('bold', heading)}\n\n${parts.join('\n')}\n${verdict(report, paint)}\n`;
}

function stepPart(step: StepReport, findings: readonly Finding[], paint: Paint, mostInfos: number): string {
  const mark = {
    passed: paint('green', 'passed '),
    failed: paint('red', 'FAILED '),
    skipped: paint('gray', 'skipped'),
  }[step.outcome];
  const { error, warning, info } = countsOf(findings);
  const counts = [
    ...(error > 0 ? [countOf(error, 'error')] : []),
    ...(warning > 0 ? [countOf(warning, 'warning')] : []),
    ...(info > 0 ? [countOf(info, 'remark')] : []),
  ].join(', ');
  const note = [step.note ?? '', counts].filter((part) => part !== '').join('; ');
  const lines = [
    `${mark}  ${stepTitles[step.name]}${note === '' ? '' : paint('gray', ` (${note})`)}  ${paint('gray', seconds(step.durationMs))}`,
  ];
  const infos = findings.filter(({ level }) => level === 'info');
  const shown = [
    ...findings.filter(({ level }) => level === 'error'),
    ...findings.filter(({ level }) => level === 'warning'),
    ...infos.slice(0, mostInfos),
  ];
  for (const finding of shown) lines.push(findingPart(finding, paint));
  if (infos.length > mostInfos) {
    lines.push(paint('gray', `    and ${countOf(infos.length - mostInfos, 'remark')} more: see --json`));
  }
  return lines.join('\n');
}

function findingPart(finding: Finding, paint: Paint): string {
  const { level, code, message, mend, file, line } = finding;
  const label = {
    error: paint('red', 'error  '),
    warning: paint('yellow', 'warning'),
    info: paint('gray', 'remark '),
  }[level];
  const lines = [`  ${label}  ${paint('bold', code)}  ${indented(message, 11)}`];
  if (file !== undefined)
    lines.push(paint('gray', `           at ${file}${line === undefined ? '' : `:${line}`}`));
  if (mend !== undefined) lines.push(`           To mend it: ${indented(mend, 11)}`);
  return lines.join('\n');
}

function indented(text: string, spaces: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(spaces)}`);
}

function verdict({ ok, findings, durationMs }: Report, paint: Paint): string {
  const { error, warning } = countsOf(findings);
  const after = paint('gray', `in ${seconds(durationMs)}`);
  if (ok)
    return `${paint('green', 'The check passed')}${warning > 0 ? ` with ${countOf(warning, 'warning')}` : ''} ${after}`;
  return `${paint('red', `The check failed: ${countOf(error, 'error')}`)}${warning > 0 ? `, ${countOf(warning, 'warning')}` : ''} ${after}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
