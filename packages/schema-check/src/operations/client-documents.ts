import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, GraphQLError, Kind, parse, print, Source } from 'graphql';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { Finding } from '../report/finding.ts';
import type { KnownOperation } from './known-operation.ts';
import { readManifest } from './manifest.ts';
import { operationNameOf, signatureOf } from './operation-text.ts';
import { fragmentsOf, fragmentsUsedBy } from './used-fragments.ts';

/** Where the clients' documents are, relative to the root. */
export const operationsFolder = 'schema/operations';

export interface ClientDocuments {
  readonly operations: readonly KnownOperation[];
  /** What cannot be read, each an error that says how to go on. */
  readonly findings: readonly Finding[];
}

/** A file of schema/operations: its path relative to the root, and its text. */
export interface OperationFile {
  readonly path: string;
  readonly text: string;
}

const clientShape = z.strictObject({ name: z.string().min(1), version: z.coerce.string().min(1).optional() });

/** The files of schema/operations as the working tree has them. */
export function operationFilesOf(root: string): OperationFile[] {
  const folder = join(root, operationsFolder);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile() && isOperationFile(entry.name))
    .map((entry) => {
      const absolute = join(entry.parentPath, entry.name);
      return {
        path: absolute.slice(root.length + 1).replaceAll('\\', '/'),
        text: readFileSync(absolute, 'utf8'),
      };
    })
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Whether a file's name is one that the check reads. */
export function isOperationFile(name: string): boolean {
  return /(\.(graphql|gql)|\/?client\.yaml|\/?manifest\.json)$/.test(name);
}

/**
 * The operations of every client folder (`schema/operations/<client>/`): its documents, and the operations of its
 * manifest that no document has. A document may use the fragments of the client's other files.
 */
export function readClientDocuments(files: readonly OperationFile[]): ClientDocuments {
  const operations: KnownOperation[] = [];
  const findings: Finding[] = [];
  for (const [folder, own] of byClient(files)) {
    const client = readClient(folder, own, findings);
    const documents = own
      .filter(({ path }) => /\.(graphql|gql)$/.test(path))
      .map((file) => parseFile(file, findings));
    const ofDocuments = [...operationsOf(documents, client, findings)];
    operations.push(...ofDocuments);
    const manifest = own.find(({ path }) => path === `${folder}/manifest.json`);
    if (!manifest) continue;
    const read = readManifest(manifest.text, manifest.path);
    findings.push(...read.findings);
    for (const body of bodiesBeside(ofDocuments, read.operations)) {
      operations.push({ ...fromText(client, body), source: 'manifest', file: manifest.path });
    }
  }
  return { operations, findings };
}

/** The operations of a manifest that no document has, each once. Most are those of documents to the letter. */
function bodiesBeside(
  documents: readonly KnownOperation[],
  manifest: readonly { readonly body: string }[],
): string[] {
  const exact = new Set(documents.map(({ body }) => body));
  const others = manifest.filter(({ body }) => !exact.has(body));
  if (others.length === 0) return [];
  const known = new Set(documents.map(({ body }) => signatureOf(body)));
  const bodies = new Map(others.map(({ body }) => [signatureOf(body), body]));
  return [...bodies].flatMap(([signature, body]) => (known.has(signature) ? [] : [body]));
}

function fromText(client: KnownOperation['client'], body: string): KnownOperation {
  return {
    client,
    name: operationNameOf(parse(body)),
    body,
    source: 'document',
    file: null,
    lastSeen: null,
    count: null,
  };
}

function byClient(files: readonly OperationFile[]): Map<string, OperationFile[]> {
  const folders = new Map<string, OperationFile[]>();
  for (const file of files) {
    const client = /^schema\/operations\/[^/]+(?=\/)/.exec(file.path)?.[0];
    if (client === undefined) continue;
    folders.set(client, [...(folders.get(client) ?? []), file]);
  }
  return folders;
}

function readClient(
  folder: string,
  files: readonly OperationFile[],
  findings: Finding[],
): KnownOperation['client'] {
  const path = `${folder}/client.yaml`;
  const file = files.find((candidate) => candidate.path === path);
  const byFolder = { name: folder.slice(folder.lastIndexOf('/') + 1), version: null };
  const document = file && parseDocument(file.text, { prettyErrors: false });
  const parsed = clientShape.safeParse(document?.errors.length === 0 ? document.toJS() : undefined);
  if (parsed.success) return { name: parsed.data.name, version: parsed.data.version ?? null };
  findings.push({
    step: 'operations',
    level: 'error',
    code: 'CLIENT_INVALID',
    message: file
      ? `Expected ${path} to say the name and the version of a client, and it does not.`
      : `Expected ${folder} to have a client.yaml that says which client sends its documents, and it has none.`,
    mend: 'Write, for example:\n  name: storefront\n  version: 1.4.0',
    file: path,
  });
  return byFolder;
}

interface ParsedFile {
  readonly path: string;
  readonly document: DocumentNode | null;
}

function parseFile({ path, text }: OperationFile, findings: Finding[]): ParsedFile {
  try {
    return { path, document: parse(new Source(text, path)) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    findings.push({
      step: 'operations',
      level: 'error',
      code: 'DOCUMENT_UNPARSABLE',
      message: `Expected a GraphQL document, and found: ${error.message}`,
      mend: 'Correct the document, or delete it when no client sends it any more.',
      file: path,
      ...(error.locations?.[0] ? { line: error.locations[0].line } : {}),
    });
    return { path, document: null };
  }
}

function* operationsOf(
  files: readonly ParsedFile[],
  client: KnownOperation['client'],
  findings: Finding[],
): Generator<KnownOperation> {
  const shared = fragmentsOf(files.flatMap(({ document }) => document?.definitions ?? []));
  for (const { path, document } of files) {
    if (!document) continue;
    const fragments = new Map([...shared, ...fragmentsOf(document.definitions)]);
    const operations = document.definitions.filter(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION,
    );
    const foreign = document.definitions.find(
      ({ kind }) => kind !== Kind.OPERATION_DEFINITION && kind !== Kind.FRAGMENT_DEFINITION,
    );
    if (foreign) {
      findings.push({
        step: 'operations',
        level: 'error',
        code: 'DOCUMENT_UNPARSABLE',
        message: 'Expected operations and fragments only, and found a definition of a schema.',
        mend: "Move it to a subgraph's schema.",
        file: path,
        ...(foreign.loc ? { line: foreign.loc.startToken.line } : {}),
      });
    }
    for (const operation of operations) {
      const used = fragmentsUsedBy(operation, fragments);
      yield { ...fromText(client, [operation, ...used].map(print).join('\n\n')), file: path };
    }
  }
}
