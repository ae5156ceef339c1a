import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes a new folder and the changed texts of files that are there, all or nothing: what fails on the way is undone.
 * @param root absolute
 * @param folder relative to root; must not be there
 * @param files texts by path, relative to the folder
 * @param changes new texts by path, relative to root
 */
export function writeTogether(
  root: string,
  folder: string,
  files: ReadonlyMap<string, string>,
  changes: ReadonlyMap<string, string>,
): void {
  const before = new Map([...changes.keys()].map((path) => [path, readFileSync(join(root, path), 'utf8')]));
  const changed: string[] = [];
  // Fails when somebody else made it in between, and then leaves theirs alone.
  mkdirSync(join(root, folder));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(root, folder, path)), { recursive: true });
      writeFileSync(join(root, folder, path), text);
    }
    for (const [path, text] of changes) {
      replaceFile(join(root, path), text);
      changed.push(path);
    }
  } catch (error) {
    for (const path of changed) replaceFile(join(root, path), before.get(path) ?? '');
    rmSync(join(root, folder), { recursive: true, force: true });
    throw error;
  }
}

/** A reader sees the old text or the new one, never a part of it. */
function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
