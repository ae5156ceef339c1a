import type { GraphVersion } from './graph/graph-version.ts';
import type { KnownOperation } from './operations/known-operation.ts';
import type { UsageSource } from './operations/usage-source.ts';
import type { Finding } from './report/finding.ts';

/** What every step may know beside the two versions of the graph. */
export interface CheckContext {
  /** Absolute path of the repository. */
  readonly root: string;
  /** Of every client, each distinct operation once a client. */
  readonly operations: readonly KnownOperation[];
  /** Null when no record of use was named. */
  readonly usage: UsageSource | null;
  /** Where the window begins in which use counts. */
  readonly since: Date;
  /** The present, as the end of that window. */
  readonly now: Date;
  /** Tells whoever waits what is being done, for example "plans: 400 of 2000". Cheap; call it often. */
  readonly progress: (text: string) => void;
}

/**
 * One part of the check. It changes nothing, and says all that it found.
 * @param before the base; null when there is none
 * @param after what is checked; a step that runs after the composition can rely on its supergraph
 */
export type Step = (
  before: GraphVersion | null,
  after: GraphVersion,
  context: CheckContext,
) => Promise<Finding[]>;
