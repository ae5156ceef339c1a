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
  const commands = [
    'git init --quiet --initial-branch=main',
    'git config user.name test',
    'git config user.email test@example.com',
    'git add --all',
    'git commit --quiet --message base',
  ];
  for (const command of commands) {
    const { code, output } = await copy.run(command);
    expect(code, output).toBe(0);
  }
});
afterAll(() => copy?.remove());

it('docs/split-a-type-with-override.md can be followed from its first line to its last', async () => {
  const document = readFileSync(join(repository, 'docs/split-a-type-with-override.md'), 'utf8');
  const hints: string[] = [];
  await followWalkThrough(readWalkThrough(document), {
    ...copy,
    run: async (command) => {
      const result = await copy.run(command);
      if (/schema:check/.test(command)) {
        hints.push(
          ...(result.output.match(/OVERRIDDEN_FIELD_CAN_BE_REMOVED|OVERRIDE_DIRECTIVE_CAN_BE_REMOVED/g) ??
            []),
        );
      }
      return result;
    },
  });
  expect(new Set(hints)).toEqual(
    new Set(['OVERRIDDEN_FIELD_CAN_BE_REMOVED', 'OVERRIDE_DIRECTIVE_CAN_BE_REMOVED']),
  );
  const supergraph = readFileSync(join(copy.root, 'schema/supergraph.graphql'), 'utf8');
  expect(supergraph).toMatch(/weightGrams: Int @join__field\(graph: INVENTORY\)/);
  expect(supergraph).not.toMatch(/weightGrams: Int @join__field\(graph: CATALOG/);
});
