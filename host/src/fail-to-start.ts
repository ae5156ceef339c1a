import { ConfigError } from '@stoa/config';
import { Failure } from '@stoa/errors';
import { RegistryError } from '@stoa/registry';

/** Ends the process with a message that says what was expected; a fault of ours keeps its stack. */
export function failToStart(error: unknown): never {
  return endWith(error, 'Stoa did not start.\n');
}

/** The same for a command, which has nothing to start. */
export function endWith(error: unknown, introduction = ''): never {
  const isForPeople =
    error instanceof Failure || error instanceof ConfigError || error instanceof RegistryError;
  console.error(isForPeople ? `${introduction}${error.message}` : error);
  process.exit(1);
}
