import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { runSteps, type Step } from './run-steps.ts';

const passing: Step = { name: 'types', command: [process.execPath, '-e', 'console.log("nothing to see")'] };
const failing: Step = {
  name: 'lint',
  command: [process.execPath, '-e', 'console.error("line 3");process.exit(2)'],
};
const missing: Step = { name: 'boundaries', command: ['no-such-program'] };

async function run(...steps: Step[]): Promise<{ passed: boolean; lines: string[] }> {
  const lines: string[] = [];
  const passed = await runSteps(steps, tmpdir(), (text) => lines.push(text));
  return { passed, lines };
}

test('says which steps passed and how long each took, without their output', async () => {
  const { passed, lines } = await run(passing);
  expect(passed).toBe(true);
  expect(lines).toEqual([
    expect.stringMatching(/^ok {6}types {2}\(\d+\.\d s\)$/),
    expect.stringMatching(/^\nAll 1 checks passed in \d+\.\d s\.$/),
  ]);
});

test('runs every step, shows what the failed ones said, and ends with how to run those alone', async () => {
  const { passed, lines } = await run(failing, missing, passing);
  expect(passed).toBe(false);
  expect(lines).toEqual([
    expect.stringMatching(/^FAILED {2}lint/),
    '    line 3',
    expect.stringMatching(/^FAILED {2}boundaries/),
    expect.stringContaining('no-such-program'),
    expect.stringMatching(/^ok {6}types/),
    expect.stringMatching(/^\n2 of 3 checks failed in \d+\.\d s\. To run one alone:$/),
    `  lint: ${failing.command.join(' ')}`,
    '  boundaries: no-such-program',
  ]);
});
