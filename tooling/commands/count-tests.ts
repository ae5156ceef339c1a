import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { countTests, type TestReport } from '../check/test-counts.ts';

// For .ci/run: count-tests.ts --report FILE --tests-exit CODE --check-exit CODE. Prints `N passed, N failed`, and
// exits with 1 when anything failed; `npm run check` counts as one when it failed.
const option = { type: 'string', default: '' } as const;
const { values } = parseArgs({ options: { report: option, 'tests-exit': option, 'check-exit': option } });

const text = readFileSync(values.report, 'utf8');
const report = text === '' ? undefined : (JSON.parse(text) as TestReport);
const { passed, failed } = countTests(report, values['tests-exit'] !== '0');
const failures = failed + (values['check-exit'] === '0' ? 0 : 1);
console.log(`${passed} passed, ${failures} failed`);
if (failures > 0) process.exitCode = 1;
