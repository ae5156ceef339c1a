import type { Knex } from '@stoa/database';
import type { RequestScope } from '@stoa/subgraph';
import { audienceOf } from './audience.ts';
import { newReads, type Reads } from './reads.ts';

/** What an operation of the catalog has. */
export interface Context extends RequestScope {
  readonly knex: Knex;
  /** What has been read; a mutation replaces it, since what was read before may have changed. */
  reads: Reads;
}

export function createContext(scope: RequestScope): Context {
  const { em, call } = scope;
  return { ...scope, knex: em.getKnex(), reads: newReads(em, audienceOf(call)) };
}

/** Forgets what has been read. */
export function readAfresh(context: Context): Reads {
  context.reads = newReads(context.em, audienceOf(context.call));
  return context.reads;
}
