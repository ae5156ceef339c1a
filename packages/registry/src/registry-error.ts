/** One thing that is wrong with a registry file. */
export interface RegistryProblem {
  /** The path inside the file, such as `subgraphs.catalog.routing_url`; empty for the file as a whole. */
  readonly key: string;
  /** Counted from 1; absent when the key is not in the file. */
  readonly line?: number;
  readonly expected: string;
  readonly found: string;
}

/** Everything that is wrong with a registry file, in one message. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
  readonly file: string;
  readonly problems: readonly RegistryProblem[];

  constructor(file: string, problems: readonly RegistryProblem[], cause?: unknown) {
    super(
      `${file} is not a valid registry of subgraphs:\n${problems.map((problem) => `  - ${describe(problem)}`).join('\n')}`,
      cause === undefined ? undefined : { cause },
    );
    this.file = file;
    this.problems = problems;
  }
}

function describe({ key, line, expected, found }: RegistryProblem): string {
  const place = [line === undefined ? '' : `line ${line}`, key].filter((part) => part !== '').join(', ');
  return `${place === '' ? '' : `${place}: `}expected ${expected}, found ${found}`;
}
