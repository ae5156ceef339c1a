import type { Environment } from '@stoa/config';
import { processEnvironment } from '@stoa/subgraph';

/** What an operator runs: takes the arguments and the environment, gives a line that says what was done. */
export type Command = (args: string[], environment: Environment) => Promise<string>;

/** Runs a command with the arguments and the environment of this process; when it fails, says why and ends the process with 1. */
export async function runCommand(command: Command): Promise<void> {
  try {
    console.log(await command(process.argv.slice(2), processEnvironment()));
  } catch (error) {
    console.error(error instanceof Error ? `Nothing was changed: ${error.message}` : error);
    process.exitCode = 1;
  }
}
