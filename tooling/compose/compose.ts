import { readFileSync } from 'node:fs';
import type { Registry } from '@stoa/registry';
import { type CompositionRemark, composeSubgraphs } from '@stoa/schema-check';
import { CompositionError } from './composition-error.ts';

export interface Composition {
  /** The text of the supergraph, which the router loads. */
  readonly supergraphSdl: string;
  /** What composes and looks unintended. */
  readonly hints: readonly CompositionRemark[];
}

/**
 * Composes the schemas of a registry, by the library that `rover supergraph compose` runs.
 * @throws {CompositionError} with every error that the library found
 */
export function compose(registry: Registry): Composition {
  const { supergraph, remarks } = composeSubgraphs(
    registry.subgraphs.map(({ name, schemaFile, routingUrl }) => ({
      name,
      routingUrl,
      sdl: readFileSync(schemaFile, 'utf8'),
      file: schemaFile,
    })),
  );
  if (!supergraph) throw new CompositionError(remarks);
  return { supergraphSdl: supergraph.sdl, hints: remarks };
}
