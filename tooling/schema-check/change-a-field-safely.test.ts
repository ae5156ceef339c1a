import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { followWalkThrough, readWalkThrough } from '../documents/walk-through.ts';
import { type RepositoryCopy, repositoryCopy } from '../repository-copy.ts';
import { repository } from '../temporary-tree.ts';

// A dozen programs, one after another: half a minute alone, minutes on a machine that is busy.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });

let copy: RepositoryCopy;
beforeAll(async () => {
  copy = repositoryCopy();
  for (const command of [
    'git init --quiet --initial-branch=main',
    'git config user.name test',
    'git config user.email test@example.com',
    'git add --all',
    'git commit --quiet --message base',
  ]) {
    const { code, output } = await copy.run(command);
    expect(code, output).toBe(0);
  }
});
afterAll(() => copy?.remove());

it('docs/change-a-field-safely.md can be followed from its first line to its last', async () => {
  const document = readFileSync(join(repository, 'docs/change-a-field-safely.md'), 'utf8');
  const verdicts: (number | null)[] = [];
  await followWalkThrough(readWalkThrough(document), {
    ...copy,
    async run(command) {
      const result = await copy.run(command);
      if (!command.includes('schema:check')) return result;
      // The document shows a check that fails, too; what it says of each is what follows it.
      verdicts.push(result.code);
      return { ...result, code: 0 };
    },
  });
  expect(verdicts).toEqual([1, 0, 0, 0, 0]);
  const { code, output } = await copy.run('npm run typecheck');
  expect(code, output).toBe(0);
});
