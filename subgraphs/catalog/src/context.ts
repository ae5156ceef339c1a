import type { RequestScope } from '@stoa/subgraph';
import { audienceOf } from './audience.ts';
import type { NewReads, Reads } from './reads.ts';

/** What lives as long as the process. */
export interface App {
  readonly newReads: NewReads;
}

/** What an operation of the catalog has. */
export interface Context extends RequestScope, App {
  /** What has been read; a mutation replaces it, since what was read before may have changed. */
  reads: Reads;
}

export function createContext(scope: RequestScope, app: App): Context {
  return Object.assign(scope, { ...app, reads: app.newReads[audienceOf(scope.call)]() });
}

/** Forgets what has been read. */
export function readAfresh(context: Context): Reads {
  context.reads = context.newReads[audienceOf(context.call)]();
  return context.reads;
}
