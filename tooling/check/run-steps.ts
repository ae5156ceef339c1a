import { spawn } from 'node:child_process';

/** One part of the check. */
export interface Step {
  readonly name: string;
  /** The program and its arguments; also what a reader is told to run alone. */
  readonly command: readonly [string, ...string[]];
}

/**
 * Runs every step, one after another, also after one has failed. A step's output is shown only when it fails.
 * @param say takes lines to print
 * @returns whether all passed
 */
export async function runSteps(
  steps: readonly Step[],
  folder: string,
  say: (text: string) => void,
): Promise<boolean> {
  const failed: Step[] = [];
  const started = performance.now();
  for (const step of steps) {
    const stepStarted = performance.now();
    const { ok, output } = await run(step.command, folder);
    say(`${ok ? 'ok    ' : 'FAILED'}  ${step.name}  (${seconds(stepStarted)})`);
    if (ok) continue;
    failed.push(step);
    if (output !== '') say(output.replaceAll(/^/gm, '    '));
  }
  if (failed.length === 0) {
    say(`\nAll ${steps.length} checks passed in ${seconds(started)}.`);
  } else {
    say(`\n${failed.length} of ${steps.length} checks failed in ${seconds(started)}. To run one alone:`);
    for (const { name, command } of failed) say(`  ${name}: ${command.join(' ')}`);
  }
  return failed.length === 0;
}

function run([program, ...args]: Step['command'], folder: string): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) =>
      resolve({ ok: code === 0, output: Buffer.concat(chunks).toString().trimEnd() }),
    );
  });
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
