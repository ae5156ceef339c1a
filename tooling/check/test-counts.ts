/** The part of vitest's JSON report that is read here. */
export interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
}

/**
 * How many tests passed and failed. A file that fails without a failing test (it does not load, a hook throws)
 * counts as one, and so does a run that fails without naming anything.
 * @param report undefined when the run ended before it wrote one
 * @param runFailed whether the run's exit code was other than 0
 */
export function countTests(report: TestReport | undefined, runFailed: boolean): TestCounts {
  const brokenFiles = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((assertion) => assertion.status !== 'failed'),
  ).length;
  const failed = (report?.numFailedTests ?? 0) + brokenFiles;
  return { passed: report?.numPassedTests ?? 0, failed: failed === 0 && runFailed ? 1 : failed };
}
