import type { DocumentNode } from 'graphql';
import { compileOperation } from '../../src/engine/operation/compile-operation.ts';
import type { CompiledOperation } from '../../src/engine/operation/compiled-operation.ts';
import { withoutDefers } from '../../src/engine/operation/deferred/label-defers.ts';
import { prepareOperation } from '../../src/engine/operation/prepare-operation.ts';
import type { Supergraph } from '../../src/engine/supergraph.ts';

/** Plans and compiles the one operation of a document; at once what the planner has no plan in parts for. */
export function compileInPlace(
  supergraph: Supergraph,
  document: DocumentNode,
  labels: ReadonlySet<string> = new Set(),
): CompiledOperation {
  const prepared = prepareOperation(supergraph, document, undefined);
  try {
    return compileOperation(supergraph, prepared, supergraph.plan(prepared.toPlan, undefined, labels));
  } catch (error) {
    if (prepared.clientLabels.size === 0) throw error;
    return compileInPlace(supergraph, withoutDefers(document), labels);
  }
}
