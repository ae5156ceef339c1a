/** Where in a subgraph's schema an error arises. */
export interface SchemaPlace {
  readonly subgraph: string;
  /** Absolute path of the schema. */
  readonly file: string;
  /** Counted from 1; absent where the composition does not say. */
  readonly line?: number;
}

/** One reason why subgraphs do not compose. */
export interface CompositionProblem {
  /** Such as INVALID_FIELD_SHARING: https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/errors */
  readonly code: string;
  readonly message: string;
  readonly places: readonly SchemaPlace[];
}

/** Every reason why subgraphs do not compose, in one message. */
export class CompositionError extends Error {
  override readonly name = 'CompositionError';
  readonly problems: readonly CompositionProblem[];

  constructor(problems: readonly CompositionProblem[]) {
    super(`The subgraphs do not compose:\n${problems.map(describe).join('\n')}`);
    this.problems = problems;
  }
}

function describe({ code, message, places }: CompositionProblem): string {
  const at = places.map(
    ({ subgraph, file, line }) => `    in ${subgraph}, ${file}${line === undefined ? '' : `:${line}`}`,
  );
  return [`  - ${code}: ${message.replaceAll('\n', '\n    ')}`, ...at].join('\n');
}
