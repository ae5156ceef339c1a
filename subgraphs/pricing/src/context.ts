import type { RequestScope } from '@stoa/subgraph';
import { createReads, type Reads } from './reads.ts';

/** What a call to pricing has. */
export interface Context extends RequestScope {
  /** Made anew by `commit`, so that what is read after a change sees it. */
  reads: Reads;
}

export function createContext(scope: RequestScope): Context {
  return { ...scope, reads: createReads(scope.em) };
}
