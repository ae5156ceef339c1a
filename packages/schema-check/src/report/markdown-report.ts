import type { Finding } from './finding.ts';
import { countOf, countsOf, type Report, stepTitles } from './report.ts';

/** GitHub refuses a comment of more than 65,536 characters. */
const longest = 60_000;
const mostInfos = 30;

/** The summary for a pull request: the verdict, a table of the steps, what stands in the way, and the rest folded. */
export function markdownReport(report: Report): string {
  const { findings } = report;
  const errors = findings.filter(({ level }) => level === 'error');
  const warnings = findings.filter(({ level }) => level === 'warning');
  const infos = findings.filter(({ level }) => level === 'info');
  const parts = [
    `## Schema check: ${report.ok ? 'passed' : `failed with ${countOf(errors.length, 'error')}`}`,
    `${report.checked}${report.base === null ? '' : ` against ${code(report.base)}`}`,
    table(report),
    ...section('What stands in the way', errors),
    ...folded(countOf(warnings.length, 'warning'), warnings),
    ...folded(countOf(infos.length, 'remark'), infos.slice(0, mostInfos)),
    ...(infos.length > mostInfos
      ? [`${infos.length - mostInfos} more remarks are in the output of \`--json\`.`]
      : []),
  ];
  const text = `${parts.join('\n\n')}\n`;
  return text.length <= longest
    ? text
    : `${text.slice(0, longest)}\n\n… cut here; the whole is in the log of the check.\n`;
}

function table({ steps, findings }: Report): string {
  const rows = steps.map(({ name, outcome, note }) => {
    const { error, warning, info } = countsOf(findings.filter(({ step }) => step === name));
    const said = outcome === 'skipped' ? `skipped: ${note}` : outcome === 'failed' ? '**failed**' : 'passed';
    return `| ${stepTitles[name]} | ${cell(said)} | ${error} | ${warning} | ${info} |`;
  });
  return ['| step | outcome | errors | warnings | remarks |', '|---|---|---|---|---|', ...rows].join('\n');
}

function section(title: string, findings: readonly Finding[]): string[] {
  return findings.length === 0 ? [] : [`### ${title}`, list(findings)];
}

function folded(title: string, findings: readonly Finding[]): string[] {
  return findings.length === 0
    ? []
    : [`<details><summary>${title}</summary>\n\n${list(findings)}\n\n</details>`];
}

function list(findings: readonly Finding[]): string {
  return findings.map(item).join('\n');
}

function item({ code: name, message, mend, file, line }: Finding): string {
  const [first = '', ...more] = message.split('\n');
  const place = file === undefined ? '' : ` (${code(`${file}${line === undefined ? '' : `:${line}`}`)})`;
  const lines = [`- **${name}** ${plain(first)}${place}`, ...more.map((text) => `  ${plain(text)}`)];
  if (mend !== undefined)
    lines.push('', ...`To mend it: ${mend}`.split('\n').map((text) => `  ${plain(text)}`));
  return lines.join('\n');
}

/** `@key` would call a person of that name, `<T>` would be taken for HTML. */
function plain(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/@(?=\w)/g, '@&#8203;');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

function cell(text: string): string {
  return plain(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
}
