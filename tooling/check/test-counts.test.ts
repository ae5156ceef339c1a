import { expect, test } from 'vitest';
import { countTests, type TestReport } from './test-counts.ts';

function report(...files: { status: string; tests: string[] }[]): TestReport {
  const all = files.flatMap(({ tests }) => tests);
  return {
    numPassedTests: all.filter((status) => status === 'passed').length,
    numFailedTests: all.filter((status) => status === 'failed').length,
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((each) => ({ status: each })),
    })),
  };
}

test.each([
  ['a run in which all passed', report({ status: 'passed', tests: ['passed', 'passed'] }), false, 2, 0],
  ['skipped tests as neither', report({ status: 'passed', tests: ['passed', 'skipped'] }), false, 1, 0],
  ['a failed test once', report({ status: 'failed', tests: ['passed', 'failed'] }), true, 1, 1],
  ['a file that does not load as one', report({ status: 'failed', tests: [] }), true, 0, 1],
  ['a file whose hook throws as one', report({ status: 'failed', tests: ['passed', 'skipped'] }), true, 1, 1],
  ['a run that fails after its tests as one', report({ status: 'passed', tests: ['passed'] }), true, 1, 1],
  ['a run that ended without a report as one', undefined, true, 0, 1],
] as const)('counts %s', (_case, given, runFailed, passed, failed) => {
  expect(countTests(given, runFailed)).toEqual({ passed, failed });
});
