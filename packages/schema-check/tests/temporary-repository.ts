import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GraphVersion } from '../src/graph/graph-version.ts';
import type { CheckContext } from '../src/step.ts';
import { type Schemas, versionOf } from './small-graph.ts';

/** A git repository of its own for the test of a step. Paths are relative to it. */
export interface TemporaryRepository {
  readonly root: string;
  /** Writes a file, and the folders above it. */
  given(path: string, text: string): void;
  /** Removes a file. */
  without(path: string): void;
  /** Commits everything, and returns the name of the commit. */
  commit(): string;
  remove(): void;
}

export function temporaryRepository(): TemporaryRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'stoa-step-')));
  const git = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  git('init', '--quiet', '--initial-branch=main');
  return {
    root,
    given(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    without: (path) => rmSync(join(root, path)),
    commit() {
      git('add', '--all');
      const author = [
        '-c',
        'user.name=Test',
        '-c',
        'user.email=test@example.com',
        '-c',
        'commit.gpgsign=false',
      ];
      git(...author, 'commit', '--quiet', '--allow-empty', '--message', 'A change');
      return git('rev-parse', 'HEAD');
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}

/** What a step may know, in a repository. */
export function contextOf(root: string, more: Partial<CheckContext> = {}): CheckContext {
  return {
    root,
    operations: [],
    usage: null,
    since: new Date('2026-10-25T12:00:00Z'),
    now: new Date('2026-11-24T12:00:00Z'),
    progress: () => undefined,
    ...more,
  };
}

/** A version of the graph as a commit has it. */
export function versionAt(commit: string, schemas: Schemas): GraphVersion {
  return { ...versionOf(schemas, `main (${commit.slice(0, 7)})`), revision: commit };
}
