import { parseArgs } from 'node:util';
import { Failure } from '@stoa/errors';

/** What is chosen of the dead letters; what is left out is not asked for. */
export interface Choice {
  readonly subgraph: string | undefined;
  readonly consumer: string | undefined;
}

export type EventsCommand = Choice &
  (
    | { readonly name: 'list' }
    | { readonly name: 'show'; readonly id: string }
    /** All when there is no id. */
    | { readonly name: 'replay'; readonly id: string | undefined }
  );

const usage = `Expected one of:
  npm run events -- list                  what waits, and the dead letters
  npm run events -- show ID               a dead letter in full
  npm run events -- replay ID             has it tried again
  npm run events -- replay --all          the same for all
Each takes --subgraph NAME and --consumer NAME.`;

/** @throws {Failure} bad-input, with all that can be given */
export function parseArguments(args: readonly string[]): EventsCommand {
  const { positionals, values } = read(args);
  const [name, id, ...others] = positionals;
  const choice = { subgraph: values.subgraph, consumer: values.consumer };
  const isAll = values.all === true;
  if (others.length === 0) {
    if (name === 'list' && id === undefined && !isAll) return { name, ...choice };
    if (name === 'show' && id !== undefined && !isAll) return { name, id, ...choice };
    if (name === 'replay' && (id !== undefined) !== isAll) return { name, id, ...choice };
  }
  throw new Failure('bad-input', usage);
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        all: { type: 'boolean' },
        subgraph: { type: 'string' },
        consumer: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Failure('bad-input', `${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}
