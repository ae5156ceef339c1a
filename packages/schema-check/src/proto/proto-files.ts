import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { filesAt, pathsAt } from '../graph/git.ts';
import type { GraphVersion } from '../graph/graph-version.ts';

/** The proto files of all subgraphs, by their path inside their module, which is how they import each other. */
export type ProtoFiles = ReadonlyMap<string, ProtoFile>;

export interface ProtoFile {
  /** Relative to the root of the repository. */
  readonly file: string;
  readonly text: string;
  /** Files of other modules under the same path, which no import could tell apart. */
  readonly namesakes: readonly string[];
}

/** The modules of a version: the folder proto/ beside each schema, relative to the root. */
export function protoModules(version: GraphVersion): string[] {
  return [...new Set(version.subgraphs.map(({ file }) => posix.join(posix.dirname(file), 'proto')))].sort();
}

export function protoFilesOfWorkingTree(root: string, modules: readonly string[]): ProtoFiles {
  return filesByPath(
    modules.flatMap((module) => {
      const folder = join(root, module);
      if (!existsSync(folder)) return [];
      return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.proto'))
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => ({
          module,
          file: path.slice(root.length + 1).replaceAll('\\', '/'),
          text: readFileSync(path, 'utf8'),
        }));
    }),
  );
}

export function protoFilesAt(root: string, commit: string, modules: readonly string[]): ProtoFiles {
  const found = pathsAt(root, commit, '.')
    .filter((path) => path.endsWith('.proto'))
    .flatMap((file) => {
      const module = modules.find((folder) => file.startsWith(`${folder}/`));
      return module === undefined ? [] : [{ module, file }];
    });
  const texts = filesAt(
    root,
    commit,
    found.map(({ file }) => file),
  );
  return filesByPath(found.map((entry, index) => ({ ...entry, text: texts[index] ?? '' })));
}

function filesByPath(
  files: readonly { readonly module: string; readonly file: string; readonly text: string }[],
): ProtoFiles {
  const byPath = new Map<string, ProtoFile>();
  for (const { module, file, text } of files) {
    const path = file.slice(module.length + 1);
    const first = byPath.get(path);
    byPath.set(
      path,
      first ? { ...first, namesakes: [...first.namesakes, file] } : { file, text, namesakes: [] },
    );
  }
  return byPath;
}

/**
 * Lays files out as one module: buf reads hundreds of modules slowly, and compares only as many as there were before,
 * though subgraphs come and go.
 */
export function writeAsModule(folder: string, files: ProtoFiles): void {
  for (const [path, { text }] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

/** Whether two sets hold the same texts under the same paths. */
export function sameFiles(one: ProtoFiles, other: ProtoFiles): boolean {
  return one.size === other.size && [...one].every(([path, { text }]) => other.get(path)?.text === text);
}
