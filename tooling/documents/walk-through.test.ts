import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryTree, temporaryTree } from '../temporary-tree.ts';
import { followWalkThrough, readWalkThrough } from './walk-through.ts';

let tree: TemporaryTree;
let said: readonly string[];
beforeEach(() => {
  tree = temporaryTree();
  said = [];
});
afterEach(() => tree.remove());

const block = (info: string, ...lines: string[]) =>
  ['Then:', '', `\`\`\`${info}`, ...lines, '```', ''].join('\n');
const text = (file: string) => readFileSync(join(tree.root, file), 'utf8');

/** Follows a document with commands that print themselves; `false` fails. */
function follow(...blocks: string[]): Promise<void> {
  return followWalkThrough(readWalkThrough(blocks.join('\n')), {
    ...tree,
    run: async (command) => {
      said = [...said, command];
      return { code: command === 'false' ? 1 : 0, output: `${command}: done\n` };
    },
  });
}

describe('a walk-through', () => {
  it('runs its commands in order, and sees what they say', async () => {
    await follow(
      block('sh', 'one', '', 'two'),
      block('text', 'one: done', '…', 't…: done'),
      block('sh', 'three'),
    );
    expect(said).toEqual(['one', 'two', 'three']);
  });

  it('shows what names no file, and does nothing with it', async () => {
    await follow(block('graphql', 'type Query'), block('console', 'rm -r important'));
    expect(said).toEqual([]);
  });

  it('writes a file that is new', async () => {
    await follow(block('ts src/a.ts', 'export const a = 1;'));
    expect(text('src/a.ts')).toBe('export const a = 1;\n');
  });

  it('changes the places of a file that it shows, and leaves the rest', async () => {
    tree.given('migrations/2026-01-01-carts.ts', 'first\nsecond\nthird(old)\n\nfourth\n');
    await follow(
      block(
        'diff migrations/*-carts.ts',
        ' first',
        '+between',
        '@@',
        '-third(old)',
        '+third(new)',
        ' ',
        '-fourth',
        '+last',
      ),
    );
    expect(text('migrations/2026-01-01-carts.ts')).toBe('first\nbetween\nsecond\nthird(new)\n\nlast\n');
  });

  it.each([
    ['a command that fails', [block('sh', 'false')], 'line 3: `false` ended with 1:\nfalse: done'],
    [
      'something that was not said',
      [block('sh', 'one'), block('text', 'two')],
      'line 9: expected to see "two"',
    ],
    ['a file that is there already', [block('ts old.ts', '1')], 'line 3: expected no file old.ts yet'],
    [
      'a place that is not there',
      [block('diff old.ts', '-c', '+d')],
      'line 3: old.ts: expected this once, found none',
    ],
    [
      'a place that is there twice',
      [block('diff old.ts', '-a', '+d')],
      'line 3: old.ts: expected this once, found 2',
    ],
    [
      'a pattern of several files',
      [block('diff *.ts', '-b', '+d')],
      'line 3: expected one file *.ts, found 2',
    ],
  ])('stops at %s, and says on which line', async (_, blocks, message) => {
    tree.given('old.ts', 'a\na\nb\n');
    tree.given('other.ts', 'b\n');
    const after = block('ts after.ts', '1');
    await expect(async () => follow(...blocks, after)).rejects.toThrow(message);
    expect(existsSync(join(tree.root, 'after.ts'))).toBe(false);
  });

  it('is refused when a block has no end', () => {
    expect(() => readWalkThrough('Then:\n\n```sh\none\n')).toThrow('line 3: expected the block to end');
  });
});
