import { resolve } from 'node:path';

/** The absolute path of the folder that holds rover.yaml and the workspaces. */
export function repositoryRoot(): string {
  return resolve(import.meta.dirname, '../../..');
}
