import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateWithBuf } from './buf.ts';
import { GenerateError } from './generate-error.ts';
import { fingerprint, StampedFiles } from './stamp.ts';

/**
 * Writes what is generated from the contracts of every folder of subgraphs/: from schema.graphql the types of its
 * resolvers, from proto/ its messages and services. A folder without a contract is passed over, and so is one whose
 * inputs are those of the last run.
 * @param root the folder that holds subgraphs/ and buf.yaml
 * @returns the folders (relative to root) that were written
 * @throws {GenerateError} with the problems of all folders together
 */
export async function generate(root: string): Promise<readonly string[]> {
  const generators = fingerprint(generatorSources(root));
  const outcomes = await Promise.allSettled(
    subgraphFolders(root).flatMap((folder) => [
      generateResolverTypes(root, folder, generators),
      generateProto(root, folder, generators),
    ]),
  );
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  const unexpected = failures.find((failure) => !(failure instanceof GenerateError));
  if (unexpected !== undefined) throw unexpected;
  if (failures.length > 0) throw new GenerateError(failures.map((failure) => failure.message).join('\n'));
  return outcomes.flatMap((outcome) =>
    outcome.status === 'fulfilled' && outcome.value ? [outcome.value] : [],
  );
}

/** The folders of proto files (relative to root), one a subgraph that has any. */
export function protoFolders(root: string): readonly string[] {
  return subgraphFolders(root)
    .map((folder) => join(folder, 'proto'))
    .filter((folder) => filesUnder(join(root, folder), '.proto').length > 0);
}

async function generateResolverTypes(
  root: string,
  folder: string,
  generators: string,
): Promise<string | undefined> {
  const schemaFile = join(folder, 'schema.graphql');
  const output = new StampedFiles(join(root, folder, 'src/__generated__'), 'resolvers-types');
  const schema = readIfThere(join(root, schemaFile));
  if (schema === undefined) {
    output.replace('', {});
    return undefined;
  }
  const mappers = readIfThere(join(root, folder, 'src/mappers.ts')) ?? '';
  const inputs = fingerprint({ generators, schema, mappers });
  if (output.areCurrent(inputs)) return undefined;
  // Loaded when needed: graphql-codegen takes a second to load, and most runs find nothing to do.
  const { resolverTypes } = await import('./resolver-types.ts');
  output.replace(inputs, { 'resolvers-types.ts': await resolverTypes({ schemaFile, schema, mappers }) });
  return folder;
}

async function generateProto(root: string, folder: string, generators: string): Promise<string | undefined> {
  const module = join(folder, 'proto');
  const output = new StampedFiles(join(root, folder, 'src/__generated__'), 'proto');
  const sources = readAll(join(root, module), filesUnder(join(root, module), '.proto'));
  if (Object.keys(sources).length === 0) {
    output.replace('', {});
    return undefined;
  }
  const inputs = fingerprint({ generators, ...sources });
  if (output.areCurrent(inputs)) return undefined;
  const staging = mkdtempSync(join(tmpdir(), 'stoa-proto-'));
  try {
    const result = await generateWithBuf(root, module, staging);
    if (!result.ok) throw new GenerateError(result.output);
    // Package stoa.pricing.v1 becomes pricing/v1/: the project's own name would say nothing here.
    const written = join(staging, 'stoa');
    const files = filesUnder(written, '');
    if (files.length === 0) throw new GenerateError(`${module}: expected a package stoa.<domain>.v1`);
    output.replace(inputs, readAll(written, files));
  } finally {
    rmSync(staging, { recursive: true });
  }
  return folder;
}

/** A new release of a generator makes everything anew, as does a change of the code here. */
function generatorSources(root: string): Record<string, string> {
  return {
    ...readAll(import.meta.dirname, filesUnder(import.meta.dirname, '.ts')),
    lock: readIfThere(join(root, 'package-lock.json')) ?? '',
  };
}

function subgraphFolders(root: string): readonly string[] {
  const folder = join(root, 'subgraphs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join('subgraphs', entry.name))
    .sort();
}

/** Paths relative to the folder, sorted; none when there is no such folder. */
function filesUnder(folder: string, extension: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

function readAll(folder: string, files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
