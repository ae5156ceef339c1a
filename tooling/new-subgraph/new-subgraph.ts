import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RegistryError, readRegistry } from '@stoa/registry';
import { formatFile } from './format-file.ts';
import { NewSubgraphError } from './new-subgraph-error.ts';
import { addToCompose, addToRegistry, nextFreePort } from './registrations.ts';
import { renderTemplate } from './render-template.ts';
import { subgraphNames } from './subgraph-names.ts';
import { refuseTakenNames } from './taken-names.ts';
import { writeTogether } from './write-together.ts';
import { keysOf } from './yaml-map.ts';

export interface NewSubgraphOptions {
  /** Absolute path of the repository. */
  readonly root: string;
  /** Kebab-case, such as gift-cards. */
  readonly name: string;
  /** The type of its entity, such as GiftCard; by default the name in the singular. */
  readonly type?: string;
  /** The day that the first migration is named for. */
  readonly today: Date;
}

/** What was made. Paths are relative to the root. */
export interface NewSubgraph {
  readonly name: string;
  readonly type: string;
  readonly port: number;
  readonly folder: string;
  /** The new files. */
  readonly made: readonly string[];
  /** The files that have an entry more. */
  readonly changed: readonly string[];
}

/**
 * Makes a subgraph with one entity: its folder, its entry in rover.yaml and its service in docker-compose.yml.
 * @throws {NewSubgraphError} when it cannot be made; then nothing was written
 */
export async function newSubgraph({ root, name, type, today }: NewSubgraphOptions): Promise<NewSubgraph> {
  const names = subgraphNames(name, type);
  const registry = registryOf(root);
  const composeText = read(root, 'docker-compose.yml');
  refuseTakenNames(root, registry, keysOf('docker-compose.yml', composeText, ['services']), names);

  const port = nextFreePort(registry, composeText);
  const changes = new Map([
    ['rover.yaml', addToRegistry(read(root, 'rover.yaml'), names, port)],
    ['docker-compose.yml', addToCompose(composeText, names, port)],
  ]);
  const rendered = renderTemplate({
    ...names,
    date: today.toISOString().slice(0, 10),
    mikroOrmVersion: versionIn(root, 'packages/database', '@mikro-orm/core'),
    vitestVersion: versionIn(root, 'packages/database', 'vitest'),
  });
  const folder = join('subgraphs', name);
  const files = new Map(
    await Promise.all(
      [...rendered].map(
        async ([path, text]) => [path, await formatFile(root, join(folder, path), text)] as const,
      ),
    ),
  );
  writeTogether(root, folder, files, changes);
  const made = [...files.keys()].map((path) => join(folder, path));
  return { name, type: names.type, port, folder, made, changed: [...changes.keys()] };
}

function registryOf(root: string) {
  try {
    return readRegistry(join(root, 'rover.yaml'));
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    throw new NewSubgraphError(`${error.message}\nMend that first`, { cause: error });
  }
}

function read(root: string, path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (error) {
    throw new NewSubgraphError(`Expected a file ${path} that can be read`, { cause: error });
  }
}

/** The version of a dependency that another workspace asks for, so that all ask for one. */
function versionIn(root: string, workspace: string, dependency: string): string {
  const manifest = JSON.parse(read(root, join(workspace, 'package.json'))) as {
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
  };
  const version = manifest.dependencies?.[dependency] ?? manifest.devDependencies?.[dependency];
  if (version !== undefined) return version;
  throw new NewSubgraphError(`${workspace}/package.json: expected a dependency on ${dependency}`);
}
