import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** One thing that buf found. */
export interface BufFinding {
  /** Relative to the folder that buf ran in; absent for what concerns no file that is there. */
  readonly path?: string;
  /** Counted from 1; absent as the path is. */
  readonly line?: number;
  /** The rule, for example FIELD_NO_DELETE; COMPILE for a file that is no valid proto. */
  readonly rule: string;
  readonly message: string;
}

const require = createRequire(import.meta.url);
const foundSomething = 100;

/**
 * Runs `buf lint` or `buf breaking` and reads what it says.
 * @param folder where it runs, and what the paths are relative to
 * @throws {Error} when buf cannot run, for example on a configuration that it does not know
 */
export function runBuf(folder: string, args: readonly string[]): Promise<BufFinding[]> {
  const buf = join(dirname(require.resolve('@bufbuild/buf/package.json')), 'bin/buf');
  const command = [buf, ...args, '--error-format', 'json'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, command, { cwd: folder, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error && error.code !== foundSomething) {
        reject(new Error(`buf ${args[0]} failed: ${stderr.trim() || error.message}`, { cause: error }));
        return;
      }
      resolve(stdout.split('\n').flatMap((line) => (line === '' ? [] : parseLine(line))));
    });
  });
}

function parseLine(line: string): BufFinding {
  const { path, start_line, type, message } = JSON.parse(line) as {
    path?: string;
    start_line?: number;
    type: string;
    message: string;
  };
  return {
    ...(path === undefined ? {} : { path }),
    ...(path === undefined || start_line === undefined ? {} : { line: start_line }),
    rule: type,
    message,
  };
}
