import type { ChangeLevel } from '../../src/diff/schema-change.ts';

/** One edit of the library's schemas, and what the check must say of it. */
export interface ChangeCase {
  readonly title: string;
  /** What is replaced where. */
  readonly edits: readonly (readonly [subgraph: string, from: string, to: string])[];
  /** Edits that both versions have. */
  readonly given?: ChangeCase['edits'];
  /** A difference that must be found; null when clients see none. */
  readonly change: { readonly level: ChangeLevel; readonly code: string; readonly coordinate: string } | null;
  /** An operation that uses what changes. */
  readonly operation: string;
  /** The verdict when a client sends that operation; without it, every one of these passes. */
  readonly withOperation: 'fails' | 'warns' | 'passes';
  /** Another operation, which the change must leave alone; the plainest one by default. */
  readonly bystander?: string;
}

export const breaking = (code: string, coordinate: string) =>
  ({ level: 'breaking', code, coordinate }) as const;
export const dangerous = (code: string, coordinate: string) =>
  ({ level: 'dangerous', code, coordinate }) as const;
export const safe = (code: string, coordinate: string) => ({ level: 'safe', code, coordinate }) as const;
