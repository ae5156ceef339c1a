import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

const buf = join(dirname(require.resolve('@bufbuild/buf/package.json')), 'bin/buf');
const protocGenEs = join(
  dirname(require.resolve('@bufbuild/protoc-gen-es/package.json')),
  'bin/protoc-gen-es',
);

export interface BufResult {
  readonly ok: boolean;
  /** What buf says, a line a problem, with paths relative to the root. */
  readonly output: string;
}

/**
 * Runs buf with the rules of the root's buf.yaml over the given modules.
 * @param modules folders of proto files, relative to the root; an import resolves within these alone
 */
export function runBuf(
  root: string,
  modules: readonly string[],
  args: readonly string[],
): Promise<BufResult> {
  const rules = readFileSync(join(root, 'buf.yaml'), 'utf8');
  const config = `${rules}\nmodules:\n${modules.map((path) => `  - path: ${JSON.stringify(path)}\n`).join('')}`;
  return new Promise((resolve, reject) => {
    const command = [buf, ...args, '--config', config];
    execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ ok: error === null, output: `${stdout}${stderr}`.trim() });
    });
  });
}

/** Writes JavaScript and its declarations: TypeScript output would hold enums, which Node cannot erase. */
export function generateWithBuf(root: string, module: string, outputFolder: string): Promise<BufResult> {
  const template = {
    version: 'v2',
    plugins: [
      {
        local: [process.execPath, protocGenEs],
        out: outputFolder,
        opt: ['target=js+dts', 'import_extension=js'],
      },
    ],
  };
  return runBuf(root, [module], ['generate', '.', '--template', JSON.stringify(template)]);
}
