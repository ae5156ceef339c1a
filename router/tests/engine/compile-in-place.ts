import type { DocumentNode } from 'graphql';
import { compileOperation } from '../../src/engine/operation/compile-operation.ts';
import type { CompiledOperation } from '../../src/engine/operation/compiled-operation.ts';
import { prepareOperation } from '../../src/engine/operation/prepare-operation.ts';
import type { Supergraph } from '../../src/engine/supergraph.ts';

/** Plans and compiles the one operation of a document. */
export function compileInPlace(
  supergraph: Supergraph,
  document: DocumentNode,
  labels: ReadonlySet<string> = new Set(),
): CompiledOperation {
  const prepared = prepareOperation(supergraph, document, undefined);
  return compileOperation(supergraph, prepared, supergraph.plan(prepared.toPlan, undefined, labels));
}
