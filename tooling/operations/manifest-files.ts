import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  apiSchemaOf,
  type KnownOperation,
  operationFilesOf,
  readClientDocuments,
  supergraphFrom,
} from '@stoa/schema-check';
import { type GraphQLSchema, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';

/** What a run of `npm run operations` comes to. */
export interface OperationsOutcome {
  readonly ok: boolean;
  /** What to print. */
  readonly message: string;
}

interface Manifest {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
  readonly size: number;
}

/** Writes the manifest of each client that has documents in root/schema/operations, unless something is wrong with any. */
export function writeManifests(root: string): OperationsOutcome {
  return withManifests(root, (manifests) => {
    for (const { path, text } of manifests) writeFileSync(join(root, path), text);
    return {
      ok: true,
      message: manifests.map(({ path, size }) => `${path} has ${size} operations`).join('\n'),
    };
  });
}

/** Whether the documents are valid and the committed manifests are what they come to. Changes nothing. */
export function checkManifests(root: string): OperationsOutcome {
  return withManifests(root, (manifests) => {
    const drifted = manifests.filter(({ path, text }) => read(join(root, path)) !== text);
    return drifted.length === 0
      ? { ok: true, message: 'the manifests are current' }
      : {
          ok: false,
          message: drifted
            .map(
              ({ path }) =>
                `${path} is not what the documents beside it come to: run \`npm run operations\` and commit the file`,
            )
            .join('\n'),
        };
  });
}

function withManifests(root: string, then: (manifests: Manifest[]) => OperationsOutcome): OperationsOutcome {
  const files = operationFilesOf(root);
  const withDocuments = new Set(
    files.filter(({ path }) => /\.(graphql|gql)$/.test(path)).map(({ path }) => clientFolderOf(path)),
  );
  const { operations, findings } = readClientDocuments(
    // A manifest that will be written anew may be in any state; one that a client's own tools made may not.
    files.filter(({ path }) => !(path.endsWith('/manifest.json') && withDocuments.has(clientFolderOf(path)))),
  );
  const schema = apiSchema(root);
  const problems = [
    ...findings.map(({ file, line, message, mend }) =>
      `${place(file, line)}: ${message} ${mend ?? ''}`.trimEnd(),
    ),
    ...(typeof schema === 'string'
      ? [schema]
      : operations.flatMap((operation) => problemsOf(operation, schema))),
    ...filesOfSeveral(operations),
  ];
  if (problems.length > 0) return { ok: false, message: problems.join('\n') };
  return then([...withDocuments].sort().map((folder) => manifestOf(folder, operations)));
}

function apiSchema(root: string): GraphQLSchema | string {
  const path = 'schema/supergraph.graphql';
  try {
    return apiSchemaOf(supergraphFrom(readFileSync(join(root, path), 'utf8')));
  } catch (error) {
    return `${path} cannot be read: ${(error as Error).message}. Run \`npm run compose\``;
  }
}

function problemsOf(operation: KnownOperation, schema: GraphQLSchema): string[] {
  const { file, body, name, source } = operation;
  const invalid = validate(schema, parse(body)).map(
    (error) =>
      `${place(file)}: ${error.message} Correct the document, or bring the field back: clients that are out there still send it.`,
  );
  if (source !== 'document') return invalid;
  const expected = basename(file ?? '', '.graphql');
  if (name === null)
    return [`${place(file)}: expected an operation with a name, found an anonymous one.`, ...invalid];
  return kebabCase(name) === expected
    ? invalid
    : [
        `${place(file)}: expected a file called ${kebabCase(name)}.graphql, after the operation ${name}.`,
        ...invalid,
      ];
}

function filesOfSeveral(operations: readonly KnownOperation[]): string[] {
  const files = operations.flatMap(({ file, source }) =>
    source === 'document' && file !== null ? [file] : [],
  );
  return [...new Set(files.filter((file, index) => files.indexOf(file) !== index))].map(
    (file) => `${file}: expected one operation, found several. Give each a file of its own.`,
  );
}

function manifestOf(folder: string, all: readonly KnownOperation[]): Manifest {
  const operations = all
    .filter(({ file }) => file !== null && clientFolderOf(file) === folder)
    .map(({ name, body }) => ({ id: sha256(body), name, type: kindOf(body), body }))
    .sort((one, other) => ((one.name ?? '') < (other.name ?? '') ? -1 : 1));
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  return {
    path: `${folder}/manifest.json`,
    text: `${JSON.stringify(manifest, null, 2)}\n`,
    size: operations.length,
  };
}

function kindOf(body: string): OperationDefinitionNode['operation'] | undefined {
  return parse(body).definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    ?.operation;
}

/** schema/operations/<client> */
function clientFolderOf(path: string): string {
  return path.split('/').slice(0, 3).join('/');
}

function kebabCase(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function place(file: string | null | undefined, line?: number): string {
  return `${file ?? 'schema/operations'}${line === undefined ? '' : `:${line}`}`;
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
