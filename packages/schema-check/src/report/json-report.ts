import type { Report } from './report.ts';

/** The report for programs: one JSON document. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
