import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fromFile } from './from-file.ts';
import { fromRevision } from './from-revision.ts';
import { fromUrl } from './from-url.ts';
import { commitOf, hasHistory, mergeBase } from './git.ts';
import type { GraphVersion } from './graph-version.ts';
import { InputError } from './input-error.ts';

/** Where the trunk is looked for, the first that exists. A clone made by CI has only the remote's. */
const trunks = ['main', 'origin/main', 'master', 'origin/master'];

/**
 * The version of the graph to compare with.
 * @param base a URL, a file, or a name of a commit; null for where the work left the main branch
 * @param after the version that is checked, so that an unchanged graph is composed once
 * @throws {InputError} saying how to go on, when there is no such base or it cannot be read
 */
export async function loadBase(
  root: string,
  base: string | null,
  after: GraphVersion | null,
): Promise<GraphVersion> {
  if (base !== null && /^https?:\/\//.test(base)) return fromUrl(base);
  if (base !== null) {
    const path = isAbsolute(base) ? base : join(root, base);
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) return fromFile(path, base);
  }
  if (!hasHistory(root)) {
    throw new InputError(
      'BASE_NOT_FOUND',
      base === null
        ? `Expected ${root} to be in a git repository with a commit, as the base is where the work left main; it is not.`
        : `Expected a base ${base}: there is no such file, and ${root} is not in a git repository with a commit.`,
      'Name a supergraph file or a URL by --base, for example --base schema/supergraph.graphql.',
    );
  }
  return base === null ? fromTrunk(root, after) : fromNamedRevision(root, base, after);
}

function fromTrunk(root: string, after: GraphVersion | null): GraphVersion {
  const trunk = trunks.find((name) => commitOf(root, name) !== null);
  if (trunk === undefined) return revision(root, 'HEAD', commitOf(root, 'HEAD'), after);
  return revision(root, trunk, mergeBase(root, trunk, 'HEAD'), after);
}

/**
 * What was merged into a branch since the work left it is not undone by that work, so a branch stands for the commit
 * that both share.
 */
function fromNamedRevision(root: string, base: string, after: GraphVersion | null): GraphVersion {
  const commit = commitOf(root, base);
  if (commit === null) {
    throw new InputError(
      'BASE_NOT_FOUND',
      `Expected a base ${base}: it is no URL, no file, and no commit that this repository has.`,
      `Name one that exists by --base: a branch, tag or commit (in CI, fetch it first: git fetch origin main, or fetch-depth: 0), a supergraph file, or a URL.`,
    );
  }
  return revision(root, base, mergeBase(root, commit, 'HEAD') ?? commit, after);
}

function revision(
  root: string,
  name: string,
  commit: string | null,
  after: GraphVersion | null,
): GraphVersion {
  if (commit === null) {
    throw new InputError(
      'BASE_NOT_FOUND',
      `Expected ${name} and HEAD to share a commit, and this clone knows none.`,
      'Fetch the whole history (git fetch --unshallow, in CI fetch-depth: 0), or name a commit by --base.',
    );
  }
  return fromRevision(root, commit, `${name} (${commit.slice(0, 7)})`, after);
}
