import type { RequestScope } from '@stoa/subgraph';
import type { Reads } from './reads.ts';

/** What lives as long as the process. */
export interface App {
  readonly newReads: () => Reads;
}

/** What a call to pricing has. */
export interface Context extends RequestScope, App {
  /** Made anew by `commit`, so that what is read after a change sees it. */
  reads: Reads;
}

export function createContext(scope: RequestScope, app: App): Context {
  return Object.assign(scope, { ...app, reads: app.newReads() });
}
