import { setImmediate as nextTurn } from 'node:timers/promises';
import { operationFromDocument, type Supergraph } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';

/** The plans of a supergraph, each made when it is asked for. */
export interface Planner {
  /** @throws when the planner finds no way, which a composed supergraph does not allow for a valid operation */
  plan(document: DocumentNode, operationName: string | null): QueryPlan;
}

/** Making a planner takes seconds for a large supergraph; nothing is made before the first plan. */
export function plannerOf(supergraph: Supergraph): Planner {
  let planner: QueryPlanner | undefined;
  return {
    plan(document, operationName) {
      planner ??= new QueryPlanner(supergraph);
      const operation = operationFromDocument(supergraph.apiSchema(), document, {
        ...(operationName === null ? {} : { operationName }),
        // Whoever asks has validated it.
        validate: false,
      });
      return planner.buildQueryPlan(operation);
    },
  };
}

/** Lets timers and output have their turn now and then between plans, as planning itself never waits. */
export function politely(everyMs = 50): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < everyMs) return;
    await nextTurn();
    last = performance.now();
  };
}
