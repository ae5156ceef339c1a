import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { RegistryError, type RegistryProblem } from './registry-error.ts';
import { repositoryRoot } from './repository-root.ts';

/** A subgraph as rover.yaml names it. */
export interface RegistrySubgraph {
  /** Kebab-case, the name of its folder. */
  readonly name: string;
  /** Absolute path of its folder. */
  readonly folder: string;
  /** Absolute path of its schema. */
  readonly schemaFile: string;
  /** Where a router that runs in another process reaches it. */
  readonly routingUrl: string;
}

export interface Registry {
  /** Absolute path of the file that was read. */
  readonly file: string;
  /** Such as `2.14.4`: the version of the composition library. */
  readonly federationVersion: string;
  /** In the order of the file. */
  readonly subgraphs: readonly RegistrySubgraph[];
}

/*
 * Each message completes the sentence "expected …". The format is rover's own:
 * https://www.apollographql.com/docs/rover/commands/supergraphs#yaml-configuration-file
 */
const nameExpected = 'a name of lower-case letters, digits and hyphens, such as catalog';
const fileShape = z.strictObject(
  {
    federation_version: z
      .string({ error: 'an exact version, such as =2.14.4' })
      .regex(/^=2\.\d+\.\d+$/, 'an exact version, such as =2.14.4'),
    subgraphs: z.record(z.string(), z.unknown(), { error: 'a map of subgraphs by name' }),
  },
  { error: 'a map with the keys federation_version and subgraphs' },
);
const subgraphShape = z.strictObject(
  {
    routing_url: z.url({
      protocol: /^https?$/,
      error: 'an http or https URL, such as http://localhost:4002/graphql',
    }),
    schema: z.strictObject(
      { file: z.string({ error: 'the path of a schema file, relative to this file' }) },
      { error: 'a map with the key file' },
    ),
  },
  { error: 'a map with the keys routing_url and schema' },
);

/**
 * Reads the registry of subgraphs.
 * @param file path of a file in the format of `rover supergraph compose`; the repository's own by default
 * @throws {RegistryError} with every problem of the file together
 */
export function readRegistry(file = join(repositoryRoot(), 'rover.yaml')): Registry {
  const path = resolve(file);
  const { value, lineOf } = parseYaml(path, readText(path));
  const problems: RegistryProblem[] = [];
  const report = (key: PropertyKey[], expected: string, found: string) => {
    const line = lineOf(key);
    problems.push({ key: key.join('.'), ...(line === undefined ? {} : { line }), expected, found });
  };

  const top = fileShape.safeParse(value);
  if (!top.success) reportIssues(top.error, value, [], report);
  const entries = Object.entries(asRecord(asRecord(value)?.subgraphs) ?? {});
  if (top.success && entries.length === 0) report(['subgraphs'], 'at least one subgraph', 'none');

  const subgraphs = entries.flatMap(([name, entry]) => {
    const key = ['subgraphs', name];
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) report(key, nameExpected, JSON.stringify(name));
    const parsed = subgraphShape.safeParse(entry);
    if (!parsed.success) reportIssues(parsed.error, entry, key, report);
    // The schema file is looked at even when another key is wrong, so that all problems come out at once.
    const schemaFile = asRecord(asRecord(entry)?.schema)?.file;
    if (typeof schemaFile !== 'string') return [];
    const absolute = resolve(dirname(path), schemaFile);
    if (basename(dirname(absolute)) !== name) {
      report([...key, 'schema', 'file'], `a file in a folder named ${name}`, JSON.stringify(schemaFile));
    } else if (!statSync(absolute, { throwIfNoEntry: false })?.isFile()) {
      report([...key, 'schema', 'file'], 'a file that exists', `no file at ${absolute}`);
    }
    if (!parsed.success) return [];
    return [{ name, folder: dirname(absolute), schemaFile: absolute, routingUrl: parsed.data.routing_url }];
  });

  for (const [index, { name, routingUrl }] of subgraphs.entries()) {
    const first = subgraphs.findIndex((other) => other.routingUrl === routingUrl);
    if (first === index) continue;
    const owner = subgraphs[first]?.name;
    report(
      ['subgraphs', name, 'routing_url'],
      'a URL of its own',
      `${routingUrl}, which is the URL of ${owner}`,
    );
  }

  if (!top.success || problems.length > 0) throw new RegistryError(path, problems);
  return { file: path, federationVersion: top.data.federation_version.slice(1), subgraphs };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new RegistryError(
      path,
      [{ key: '', expected: 'a file that can be read', found: code === 'ENOENT' ? 'no such file' : code }],
      error,
    );
  }
}

/** The plain value of a YAML text, and the line (from 1) on which the value at a path stands. */
function parseYaml(path: string, text: string) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new RegistryError(
      path,
      document.errors.map((error) => ({
        key: '',
        line: lines.linePos(error.pos[0]).line,
        expected: 'YAML',
        found: `a syntax error: ${error.message}`,
      })),
    );
  }
  return {
    value: document.toJS() as unknown,
    lineOf(key: readonly PropertyKey[]): number | undefined {
      if (key.length === 0) return undefined;
      const node = document.getIn(key, true);
      return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
    },
  };
}

function reportIssues(
  error: z.ZodError,
  value: unknown,
  prefix: readonly PropertyKey[],
  report: (key: PropertyKey[], expected: string, found: string) => void,
): void {
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys)
        report([...prefix, ...issue.path, key], 'no such key', JSON.stringify(key));
    } else {
      report([...prefix, ...issue.path], issue.message, found(at(value, issue.path)));
    }
  }
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((part, key) => asRecord(part)?.[String(key)], value);
}

function found(value: unknown): string {
  if (value === undefined) return 'nothing';
  return JSON.stringify(value);
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
