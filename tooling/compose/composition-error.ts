import type { CompositionRemark } from '@stoa/schema-check';

/** Every reason why subgraphs do not compose, in one message. */
export class CompositionError extends Error {
  override readonly name = 'CompositionError';
  readonly problems: readonly CompositionRemark[];

  constructor(problems: readonly CompositionRemark[]) {
    super(`The subgraphs do not compose:\n${problems.map(describe).join('\n')}`);
    this.problems = problems;
  }
}

function describe({ code, message, places }: CompositionRemark): string {
  const at = places.map(
    ({ subgraph, file, line }) => `    in ${subgraph}, ${file}${line === undefined ? '' : `:${line}`}`,
  );
  return [`  - ${code}: ${message.replaceAll('\n', '\n    ')}`, ...at].join('\n');
}
