import type { Effect } from './effect-of-change.ts';
import type { KnownOperation } from './known-operation.ts';

/** One client's operation that a change of the schema concerns. */
export interface ConcernedUse {
  readonly client: string;
  readonly version: string | null;
  /** Null for an anonymous operation, and for operations that were not told apart. */
  readonly operation: string | null;
  /** The schema coordinate by which it is concerned. */
  readonly field: string;
  readonly effect: Effect | null;
  readonly lastSeen: Date | null;
  readonly count: number | null;
  /** Where its document is; null when it is known from use alone. */
  readonly file: string | null;
}

export function concernedUse(operation: KnownOperation, field: string, effect: Effect | null): ConcernedUse {
  const { client, name, lastSeen, count, file } = operation;
  return {
    client: client.name,
    version: client.version,
    operation: name,
    field,
    effect,
    lastSeen,
    count,
    file,
  };
}

const effects: Readonly<Record<Effect, string>> = {
  refused: 'is refused from then on',
  'other-answers': 'gets other answers than its client was written for',
  'depends-on-variables': 'is refused by what its variables hold',
};

/** A line for each use, the most frequent first, at most ten of them. */
export function describeUses(uses: readonly ConcernedUse[], window: string): string {
  const sorted = [...uses].sort((one, other) => (other.count ?? 0) - (one.count ?? 0));
  const shown = sorted.slice(0, 10).map((use) => `  - ${describeUse(use, window)}`);
  if (sorted.length > shown.length) shown.push(`  - and ${sorted.length - shown.length} more`);
  return shown.join('\n');
}

function describeUse(use: ConcernedUse, window: string): string {
  const { client, version, operation, field, effect, lastSeen, count, file } = use;
  const parts = [
    `${operation ?? 'an unnamed operation'} of ${client}${version === null ? '' : ` ${version}`} (${field})`,
    ...(effect === null ? [] : [effects[effect]]),
    count === null || lastSeen === null
      ? `no use recorded ${window}`
      : `last seen ${minuteOf(lastSeen)}, sent ${count.toLocaleString('en')} ${count === 1 ? 'time' : 'times'} ${window}`,
    ...(file === null ? [] : [file]),
  ];
  return parts.join('; ');
}

/** Such as 2026-11-24 09:30 UTC. */
function minuteOf(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** For programs: what can be written as JSON. */
export function plainUse(use: ConcernedUse): Record<string, unknown> {
  return { ...use, lastSeen: use.lastSeen?.toISOString() ?? null };
}
