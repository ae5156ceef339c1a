import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Registry, RegistryError, readRegistry } from '@stoa/registry';
import { type Composition, compose } from './compose.ts';
import { CompositionError } from './composition-error.ts';

/** What a run of `npm run compose` comes to. */
export interface ComposeOutcome {
  readonly ok: boolean;
  /** What to print. */
  readonly message: string;
}

/** Where the supergraph is committed, relative to the root. */
const supergraphPath = 'schema/supergraph.graphql';

/** Composes the subgraphs of root/rover.yaml and writes root/schema/supergraph.graphql, unless something is wrong. */
export function writeSupergraph(root: string): ComposeOutcome {
  return withComposition(root, ({ supergraphSdl, hints }, registry) => {
    const file = join(root, supergraphPath);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, supergraphSdl);
    const warnings = hints
      .filter(({ level }) => level === 'warning')
      .map(({ code, message }) => `hint ${code}: ${message}\n`);
    return {
      ok: true,
      message: `${warnings.join('')}${supergraphPath} is composed of ${registry.subgraphs.map(({ name }) => name).join(', ')}`,
    };
  });
}

/** Whether the committed supergraph is what the subgraphs compose to. Changes nothing. */
export function checkSupergraph(root: string): ComposeOutcome {
  return withComposition(root, ({ supergraphSdl }) => {
    const file = join(root, supergraphPath);
    const committed = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    if (committed === supergraphSdl) return { ok: true, message: `${supergraphPath} is current` };
    const found =
      committed === undefined
        ? 'is missing'
        : `differs from what the subgraphs compose to, from line ${firstDifference(committed, supergraphSdl)}`;
    return { ok: false, message: `${supergraphPath} ${found}: run \`npm run compose\` and commit the file` };
  });
}

function withComposition(
  root: string,
  then: (composition: Composition, registry: Registry) => ComposeOutcome,
): ComposeOutcome {
  try {
    const registry = readRegistry(join(root, 'rover.yaml'));
    const installed = installedVersion();
    if (registry.federationVersion !== installed) {
      const file = relative(root, registry.file);
      return {
        ok: false,
        message:
          `${file}: expected federation_version =${installed}, the version of the installed @apollo/composition, ` +
          `so that rover composes the same supergraph; found =${registry.federationVersion}`,
      };
    }
    return then(compose(registry), registry);
  } catch (error) {
    if (!(error instanceof RegistryError || error instanceof CompositionError)) throw error;
    return { ok: false, message: error.message };
  }
}

function installedVersion(): string {
  const require = createRequire(import.meta.url);
  const { version } = JSON.parse(
    readFileSync(require.resolve('@apollo/composition/package.json'), 'utf8'),
  ) as {
    version: string;
  };
  return version;
}

function firstDifference(before: string, after: string): number {
  const lines = after.split('\n');
  return (
    before.split('\n').findIndex((line, index) => line !== lines[index]) + 1 || before.split('\n').length + 1
  );
}
