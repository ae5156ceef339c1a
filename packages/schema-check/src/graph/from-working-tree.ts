import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readRegistry } from '@stoa/registry';
import { composeVersion } from './compose-version.ts';
import type { GraphVersion, SubgraphSource } from './graph-version.ts';

/**
 * The subgraphs that root/rover.yaml names, as their files are now.
 * @throws {RegistryError} when rover.yaml is not a valid registry
 */
export function subgraphsOfWorkingTree(root: string): SubgraphSource[] {
  return readRegistry(join(root, 'rover.yaml')).subgraphs.map(({ name, routingUrl, schemaFile }) => ({
    name,
    routingUrl,
    sdl: readFileSync(schemaFile, 'utf8'),
    file: relative(root, schemaFile).split(sep).join('/'),
  }));
}

/** The graph as the working tree has it. */
export function fromWorkingTree(root: string): GraphVersion {
  return composeVersion('the working tree', subgraphsOfWorkingTree(root));
}
