/** The parts of a schema check, in the order in which they are reported. */
export const stepNames = [
  'lint',
  'composition',
  'diff',
  'operations',
  'plans',
  'contracts',
  'proto',
  'events',
] as const;

export type StepName = (typeof stepNames)[number];

/** One thing that a step has to say about a change of the graph. Only an error fails the check. */
export interface Finding {
  readonly step: StepName;
  readonly level: 'error' | 'warning' | 'info';
  /** Stable and machine-readable, for example FIELD_REMOVED. With the coordinate it is what an approval names. */
  readonly code: string;
  /** For people, in English: what was expected and what was found. */
  readonly message: string;
  /** How to mend it. */
  readonly mend?: string;
  /** Relative to the root of the repository. */
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  /** A schema coordinate such as `Product.name` or `Query.product(id:)`; elsewhere what the step calls its subject. */
  readonly coordinate?: string;
  /** For programs: plain data that can be written as JSON. */
  readonly details?: Readonly<Record<string, unknown>>;
}
