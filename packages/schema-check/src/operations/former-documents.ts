import { filesAt, pathsAt } from '../graph/git.ts';
import {
  type ClientDocuments,
  isOperationFile,
  operationsFolder,
  readClientDocuments,
} from './client-documents.ts';

/** The clients' documents as a commit has them. */
export function formerDocuments(root: string, commit: string): ClientDocuments {
  const paths = pathsAt(root, commit, operationsFolder).filter(isOperationFile);
  const texts = filesAt(root, commit, paths);
  return readClientDocuments(paths.map((path, index) => ({ path, text: texts[index] ?? '' })));
}
