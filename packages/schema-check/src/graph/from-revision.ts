import { composeVersion, sameSubgraphs } from './compose-version.ts';
import { filesAt } from './git.ts';
import type { GraphVersion, SubgraphSource } from './graph-version.ts';
import { InputError } from './input-error.ts';
import { subgraphsOfRegistry } from './registry-text.ts';

/**
 * The graph as a commit has it.
 * @param alike a version that is known already; when the commit has the same subgraphs, nothing is composed again
 * @throws {InputError} when the commit has no registry, or lacks a schema that its registry names
 */
export function fromRevision(
  root: string,
  commit: string,
  label: string,
  alike: GraphVersion | null = null,
): GraphVersion {
  const [registry] = filesAt(root, commit, ['rover.yaml']);
  if (typeof registry !== 'string') {
    throw new InputError(
      'BASE_UNREADABLE',
      `Expected ${label} to have a rover.yaml that names the subgraphs, and it has none.`,
      'Name a base that has one by --base, or a supergraph file.',
    );
  }
  const named = subgraphsOfRegistry(registry, label);
  const texts = filesAt(
    root,
    commit,
    named.map(({ file }) => file),
  );
  const missing = named.filter((_, index) => texts[index] === null).map(({ file }) => file);
  if (missing.length > 0) {
    throw new InputError(
      'BASE_UNREADABLE',
      `Expected ${label} to have every schema that its rover.yaml names, and it lacks ${missing.join(', ')}.`,
      'Name a base that has them by --base, for example a later commit or a supergraph file.',
    );
  }
  const subgraphs: SubgraphSource[] = named.map((subgraph, index) => ({
    ...subgraph,
    sdl: texts[index] ?? '',
  }));
  if (alike && sameSubgraphs(alike.subgraphs, subgraphs)) return { ...alike, label, revision: commit };
  // It was merged, so that every query of it was found to be answerable then.
  return composeVersion(label, subgraphs, { revision: commit, satisfiable: false });
}
