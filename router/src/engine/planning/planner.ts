import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import type { Supergraph } from '../supergraph.ts';

/** Plans operations of one supergraph. */
export interface GraphPlanner {
  /** @throws {GraphQLError} when there is no such operation, or no way to answer it */
  plan(document: DocumentNode, operationName: string | undefined): Promise<QueryPlan>;
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
      plan: async (document, operationName) => supergraph.plan(document, operationName),
      close: () => {},
    }),
    close: async () => {},
  };
}
