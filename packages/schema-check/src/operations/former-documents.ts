import { filesAt, pathsAt } from '../graph/git.ts';
import {
  isOperationFile,
  type OperationFile,
  operationFilesOf,
  operationsFolder,
  readClientDocuments,
} from './client-documents.ts';
import type { KnownOperation } from './known-operation.ts';

export interface FormerDocuments {
  /** Every file that the commit had, relative to the root. */
  readonly files: ReadonlySet<string>;
  /** The operations of the clients whose files are others now. */
  readonly operations: readonly KnownOperation[];
}

/** The clients' documents as a commit has them. */
export function formerDocuments(root: string, commit: string): FormerDocuments {
  const paths = pathsAt(root, commit, operationsFolder).filter(isOperationFile);
  const texts = filesAt(root, commit, paths);
  const now = new Map(operationFilesOf(root).map(({ path, text }) => [path, text]));
  const files: OperationFile[] = paths.map((path, index) => ({ path, text: texts[index] ?? '' }));
  const changed = new Set(
    files.filter(({ path, text }) => now.get(path) !== text).map(({ path }) => clientOf(path)),
  );
  return {
    files: new Set(paths),
    operations: readClientDocuments(files.filter(({ path }) => changed.has(clientOf(path)))).operations,
  };
}

/** `schema/operations/web` of `schema/operations/web/book.graphql`. */
function clientOf(path: string): string {
  return path.split('/').slice(0, 3).join('/');
}
