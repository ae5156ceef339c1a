import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The root of this repository, whose configuration the tests of the tools put to use. */
export const repository = resolve(import.meta.dirname, '..');

/** A folder of its own for a test of a tool. Paths are relative to it. */
export interface TemporaryTree {
  /** Absolute, with symbolic links resolved. */
  readonly root: string;
  /** Writes a file, and the folders above it. */
  given(file: string, text: string): void;
  /** A symbolic link at `path` to an absolute target. */
  link(path: string, target: string): void;
  remove(): void;
}

export function temporaryTree(): TemporaryTree {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'stoa-tooling-')));
  const absolute = (path: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    return join(root, path);
  };
  return {
    root,
    given: (file, text) => writeFileSync(absolute(file), text),
    link: (path, target) => symlinkSync(target, absolute(path)),
    remove: () => rmSync(root, { recursive: true }),
  };
}
