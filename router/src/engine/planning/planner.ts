import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import { loadFederation } from '../federation/load-federation.ts';
import type { Supergraph } from '../supergraph.ts';

/** Plans operations of one supergraph. */
export interface GraphPlanner {
  /**
   * @param labels those of @override that are active
   * @throws {GraphQLError} when there is no such operation, or no way to answer it
   */
  plan(
    document: DocumentNode,
    operationName: string | undefined,
    labels: ReadonlySet<string>,
  ): Promise<QueryPlan>;
  /** Lets go of what it keeps of the supergraph. */
  close(): void;
}

/** Where plans are made. */
export interface Planner {
  open(supergraph: Supergraph): GraphPlanner;
  close(): Promise<void>;
}

/** Plans where it is asked: whatever else the thread has to do waits meanwhile. */
export function plannerInPlace(): Planner {
  return {
    open: (supergraph) => ({
      async plan(document, operationName, labels) {
        await loadFederation();
        return supergraph.plan(document, operationName, labels);
      },
      close: () => {},
    }),
    close: async () => {},
  };
}
