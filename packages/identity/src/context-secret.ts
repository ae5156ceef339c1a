import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '@stoa/errors';

const minimumLength = 32;

/**
 * The secret that signs contexts. Production must be given one; elsewhere a random one is made at
 * first use and kept in the data folder, so that processes started apart agree on it.
 * @throws {Failure} bad-input when production has none or it is too short; unavailable when the folder cannot be written
 */
export function contextSecret(given: string | undefined, production: boolean, dataFolder: string): string {
  if (given !== undefined) {
    if (given.length >= minimumLength) return given;
    throw new Failure('bad-input', `STOA_CONTEXT_SECRET: expected at least ${minimumLength} characters`);
  }
  if (production) {
    throw new Failure(
      'bad-input',
      'STOA_CONTEXT_SECRET: expected a secret shared by the router and all subgraphs; production has no default',
    );
  }
  return developmentSecret(dataFolder);
}

function developmentSecret(dataFolder: string): string {
  const file = join(dataFolder, 'context-secret');
  try {
    mkdirSync(dataFolder, { recursive: true });
    return readIfThere(file) ?? create(file);
  } catch (error) {
    throw new Failure(
      'unavailable',
      `Cannot write to the data folder ${dataFolder}: ${(error as Error).message}. Set STOA_DATA_DIR to a folder that can be written`,
      { cause: error },
    );
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Written aside and linked into place, so that of several processes one wins and all read a whole secret. */
function create(file: string): string {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8');
}
