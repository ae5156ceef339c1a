import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Registry } from '@stoa/registry';
import { type DefinitionNode, GraphQLError, parse, Source } from 'graphql';
import { NewSubgraphError } from './new-subgraph-error.ts';
import type { SubgraphNames } from './subgraph-names.ts';

/**
 * Makes sure that nothing else has the names that a new subgraph would take.
 * @param root absolute path of the repository
 * @param services the services of docker-compose.yml
 * @throws {NewSubgraphError} naming everything that is taken, and by whom
 */
export function refuseTakenNames(
  root: string,
  registry: Registry,
  services: readonly string[],
  names: SubgraphNames,
): void {
  const { subgraph } = names;
  const owner = folderOfPackage(root, `@stoa/${subgraph}`);
  const taken = [
    ...(registry.subgraphs.some(({ name }) => name === subgraph) ? [`rover.yaml lists ${subgraph}`] : []),
    ...(existsSync(join(root, 'subgraphs', subgraph)) ? [`there is a folder subgraphs/${subgraph}`] : []),
    ...(services.includes(subgraph) ? [`docker-compose.yml has a service ${subgraph}`] : []),
    ...(owner === undefined ? [] : [`${owner} is the package @stoa/${subgraph}`]),
  ];
  if (taken.length > 0) {
    throw new NewSubgraphError(
      `The name ${subgraph} is taken:\n${taken.map((line) => `  - ${line}`).join('\n')}\nExpected another name`,
    );
  }
  refuseTakenTypes(root, registry, names);
}

/** What the schema of the new subgraph defines for itself alone. */
function coordinatesOf({ type, one, many }: SubgraphNames): readonly string[] {
  return [
    ...[type, `${type}Connection`, `${type}Edge`, `Create${type}Input`, `Create${type}Result`],
    ...[`Query.${one}`, `Query.${many}`, `Mutation.create${type}`],
  ];
}

function refuseTakenTypes(root: string, registry: Registry, names: SubgraphNames): void {
  const wanted = coordinatesOf(names);
  const taken = registry.subgraphs.flatMap(({ name, schemaFile }) => {
    const defined = new Set(definedIn(schemaFile, relative(root, schemaFile)));
    return wanted
      .filter((coordinate) => defined.has(coordinate))
      .map((coordinate) => `${coordinate} of ${name}`);
  });
  if (taken.length === 0) return;
  throw new NewSubgraphError(
    `The graph has these already:\n${taken.map((line) => `  - ${line}`).join('\n')}\n` +
      `Expected another type for the entity of ${names.subgraph}: --type ${names.type}Entry, say`,
  );
}

function definedIn(file: string, path: string): readonly string[] {
  try {
    return parse(new Source(readFileSync(file, 'utf8'), path)).definitions.flatMap(coordinatesOfDefinition);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const line = error.locations?.[0]?.line ?? 1;
    throw new NewSubgraphError(`${path}:${line}: ${error.message}. Mend that first: npm run compose`, {
      cause: error,
    });
  }
}

function coordinatesOfDefinition(definition: DefinitionNode): readonly string[] {
  if (!/Type(Definition|Extension)$/.test(definition.kind) || !('name' in definition) || !definition.name)
    return [];
  const name = definition.name.value;
  const fields = 'fields' in definition ? (definition.fields ?? []) : [];
  return [name, ...fields.map((field) => `${name}.${field.name.value}`)];
}

/** The folder (relative to root) of a workspace, one or two levels down; undefined when there is none of that name. */
function folderOfPackage(root: string, packageName: string): string | undefined {
  const under = (folder: string) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(node_modules$|\.)/.test(entry.name))
      .map(({ name }) => join(folder, name));
  return under('.')
    .flatMap((folder) => [folder, ...under(folder)])
    .find((folder) => {
      const file = join(root, folder, 'package.json');
      return (
        existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === packageName
      );
    });
}
