import type { Viewer } from '@stoa/identity';
import type { RequestScope } from '@stoa/subgraph';

/** Who changes something, at what time, and the ids that the change takes. */
export type Actor = Pick<RequestScope, 'call' | 'clock' | 'newId'>;

/** How the journal names somebody: `user:<id>`, `service:<name>` or `guest`. */
export function nameOf({ kind, id }: Viewer): string {
  return id === null ? kind : `${kind}:${id}`;
}
