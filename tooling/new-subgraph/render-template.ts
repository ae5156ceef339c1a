import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps what would be TypeScript from being checked as such before its names are filled in. */
const extension = '.template';

/**
 * The files of template/, with each `__key__` in their paths and texts replaced.
 * @returns texts by path, relative to the subgraph's folder, sorted
 */
export function renderTemplate(values: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const folder = join(import.meta.dirname, 'template');
  const fill = (text: string) =>
    text.replaceAll(/__([A-Za-z]+)__/g, (whole, key: string) => values[key] ?? whole);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const files = paths.map(
    (path) =>
      [fill(path.slice(0, -extension.length)), fill(readFileSync(join(folder, path), 'utf8'))] as const,
  );
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}
