import { ConfigError } from '@stoa/config';
import { Failure } from '@stoa/errors';
import { RegistryError } from '@stoa/registry';

/** Ends the process with a message that says what was expected; a fault of ours keeps its stack. */
export function failToStart(error: unknown): never {
  const isForPeople =
    error instanceof Failure || error instanceof ConfigError || error instanceof RegistryError;
  console.error(isForPeople ? `Stoa did not start.\n${error.message}` : error);
  process.exit(1);
}
