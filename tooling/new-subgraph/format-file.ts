import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NewSubgraphError } from './new-subgraph-error.ts';

/**
 * A text as the repository's biome.json wants it: how long the names are decides where lines break and how imports sort.
 * @param root absolute path of the folder of biome.json
 * @param path where the file is to be, relative to root; it need not be there
 * @throws {NewSubgraphError} when biome finds something that it cannot mend
 */
export function formatFile(root: string, path: string, text: string): Promise<string> {
  if (path.endsWith('.md')) return Promise.resolve(text);
  // Biome is the root's: the version that checks the tree is the one that formats for it.
  const biome = createRequire(join(root, 'package.json')).resolve('@biomejs/biome/bin/biome');
  return new Promise((resolve, reject) => {
    const args = [biome, 'check', '--write', '--linter-enabled=false', `--stdin-file-path=${path}`];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    let problems = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      problems += part;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new NewSubgraphError(`${path} is not as biome wants it:\n${problems || output}`));
    });
    child.stdin.end(text);
  });
}
