import { spawnSync } from 'node:child_process';
import { InputError } from './input-error.ts';

/** The commit that a name stands for, or null when the repository has none of that name. */
export function commitOf(root: string, revision: string): string | null {
  return git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
}

/** The last commit that two lines of history share, or null when none is known here, as in a shallow clone. */
export function mergeBase(root: string, one: string, other: string): string | null {
  return git(root, ['merge-base', one, other])?.split('\n')[0] ?? null;
}

/** Whether the folder lies in a git repository that has a commit. */
export function hasHistory(root: string): boolean {
  return commitOf(root, 'HEAD') !== null;
}

/**
 * The texts of files as a commit has them.
 * @param paths relative to `root`
 * @returns in the order of `paths`; null for a file that the commit does not have
 */
export function filesAt(root: string, commit: string, paths: readonly string[]): (string | null)[] {
  if (paths.length === 0) return [];
  const { status, stdout, stderr } = spawnSync('git', ['cat-file', '--batch'], {
    cwd: root,
    input: paths.map((path) => `${commit}:./${path}\n`).join(''),
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw unusable(stderr);

  // Each answer is "<id> <type> <bytes>\n<content>\n", or "<name> missing\n".
  const texts: (string | null)[] = [];
  let at = 0;
  for (const _ of paths) {
    const end = stdout.indexOf(10, at);
    const header = stdout.toString('utf8', at, end);
    const bytes = Number(/ blob (\d+)$/.exec(header)?.[1] ?? Number.NaN);
    if (Number.isNaN(bytes)) {
      texts.push(null);
      at = end + 1;
    } else {
      texts.push(stdout.toString('utf8', end + 1, end + 1 + bytes));
      at = end + 1 + bytes + 1;
    }
  }
  return texts;
}

/** The files of a folder as a commit has them, relative to `root`; none when the commit has no such folder. */
export function pathsAt(root: string, commit: string, folder: string): string[] {
  const names = git(root, ['ls-tree', '-r', '-z', '--name-only', commit, '--', `${folder}/`]);
  return names === null ? [] : names.split('\0').filter((name) => name !== '');
}

function git(root: string, args: readonly string[]): string | null {
  const { error, status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (error) throw unusable(error.message);
  const text = stdout.trim();
  return status === 0 && text !== '' ? text : null;
}

function unusable(said: Buffer | string): InputError {
  return new InputError(
    'GIT_UNUSABLE',
    `Expected git to read the base, and it said: ${String(said).trim()}`,
    'Install git and run the check inside the repository, or name a supergraph file or a URL by --base.',
  );
}
