import { describe, expect, it } from 'vitest';
import type { Finding } from '../src/report/finding.ts';
import { jsonReport } from '../src/report/json-report.ts';
import { markdownReport } from '../src/report/markdown-report.ts';
import type { Report } from '../src/report/report.ts';
import { terminalReport } from '../src/report/terminal-report.ts';

const broken: Finding = {
  step: 'operations',
  level: 'error',
  code: 'FIELD_REMOVED',
  message: "Field 'tags' was removed.\n  - Book of web 1.4.0 (Book.tags)",
  mend: 'Keep it.\nMark it @deprecated.',
  file: 'subgraphs/catalog/schema.graphql',
  line: 12,
  coordinate: 'Book.tags',
};
const remark = (index: number): Finding => ({
  step: 'diff',
  level: 'info',
  code: 'FIELD_ADDED',
  message: `Field ${index} <b> of \`List<T>\` was added`,
});

function report(findings: readonly Finding[]): Report {
  const failed = new Set(findings.filter(({ level }) => level === 'error').map(({ step }) => step));
  return {
    ok: failed.size === 0,
    base: 'main (1a2b3c4)',
    checked: 'the working tree',
    steps: [
      { name: 'lint', outcome: 'passed', note: null, durationMs: 1_234 },
      { name: 'diff', outcome: 'passed', note: null, durationMs: 5 },
      {
        name: 'operations',
        outcome: failed.has('operations') ? 'failed' : 'passed',
        note: '2 known operations',
        durationMs: 5,
      },
      { name: 'plans', outcome: 'skipped', note: 'no | graph', durationMs: 0 },
    ],
    findings,
    durationMs: 2_000,
  };
}

describe('the report on the terminal', () => {
  it('says what failed, where, and how to mend it', () => {
    expect(terminalReport(report([broken]), { colors: false })).toBe(
      `Schema check of the working tree against main (1a2b3c4)

passed   Lint of the subgraphs' schemas  1.2 s
passed   Changes of the API schema  0.0 s
FAILED   Clients' operations (2 known operations; 1 error)  0.0 s
  error    FIELD_REMOVED  Field 'tags' was removed.
             - Book of web 1.4.0 (Book.tags)
           at subgraphs/catalog/schema.graphql:12
           To mend it: Keep it.
           Mark it @deprecated.
skipped  Query plans (no | graph)  0.0 s
The check failed: 1 error in 2.0 s
`,
    );
  });

  it('says that it passed, and with how many warnings', () => {
    const text = terminalReport(report([{ ...broken, level: 'warning' }]), { colors: false });
    expect(text).toContain('The check passed with 1 warning in 2.0 s');
  });

  it('shows every error and warning, and the first remarks', () => {
    const many = Array.from({ length: 30 }, (_, index) => remark(index));
    const text = terminalReport(
      report([...many, ...many.map((finding) => ({ ...finding, level: 'warning' as const }))]),
      {
        colors: false,
        mostInfos: 4,
      },
    );
    expect(text.match(/^ {2}warning/gm)).toHaveLength(30);
    expect(text.match(/^ {2}remark/gm)).toHaveLength(4);
    expect(text).toContain('and 26 remarks more: see --json');
  });

  it('has colours only when it is asked to', () => {
    const start = '\u001b[';
    expect(terminalReport(report([broken]), { colors: true })).toContain(`${start}31m`);
    expect(terminalReport(report([broken]), { colors: false })).not.toContain(start);
  });
});

describe('the report for a pull request', () => {
  it('begins with the verdict, then the steps, then what stands in the way', () => {
    const text = markdownReport(report([broken, remark(1)]));
    expect(text).toMatch(/^## Schema check: failed with 1 error\n/);
    expect(text).toContain("| Clients' operations | **failed** | 1 | 0 | 0 |");
    expect(text).toContain('| Query plans | skipped: no \\| graph | 0 | 0 | 0 |');
    expect(text).toContain(
      "### What stands in the way\n\n- **FIELD_REMOVED** Field 'tags' was removed. (`subgraphs/catalog/schema.graphql:12`)",
    );
    expect(text).toContain('<details><summary>1 remark</summary>');
  });

  it('calls nobody by an @ and lets nothing be taken for HTML', () => {
    const text = markdownReport(report([broken, remark(1)]));
    expect(text).not.toMatch(/@deprecated/);
    expect(text).not.toContain('<b>');
  });

  it('fits into a comment however much there is', () => {
    const many = Array.from({ length: 2_000 }, () => broken);
    expect(markdownReport(report(many)).length).toBeLessThan(65_536);
  });

  it('says that nothing stands in the way', () => {
    expect(markdownReport(report([]))).toMatch(/^## Schema check: passed\n/);
  });
});

it('the report for programs is one JSON document with all findings', () => {
  const parsed = JSON.parse(jsonReport(report([broken, remark(1)]))) as Report;
  expect(parsed).toMatchObject({ ok: false, findings: [broken, remark(1)] });
});
