import { ConfigError, integer, url, z } from '@stoa/config';
import { mailConfig } from '@stoa/mail';
import { type PasswordCost, floor as passwordFloor } from './passwords/argon2-hasher.ts';

/** The variables of accounts, beside those that every subgraph reads. */
export const shape = {
  ...mailConfig,
  ACCESS_TOKEN_SECONDS: integer(900, { min: 30, max: 86_400 }),
  /** The `iss` of access tokens: where the shop answers. */
  ACCESS_TOKEN_ISSUER: url(['http', 'https']).default('http://localhost:4000'),
  ACCESS_TOKEN_AUDIENCE: z.string().default('stoa'),
  /** How long one can stay signed in without typing the password again. */
  SESSION_SECONDS: integer(30 * 86_400, { min: 60, max: 366 * 86_400 }),
  /** What the private keys are encrypted with in the database. */
  KEY_ENCRYPTION_SECRET: z.string().min(32, 'expected at least 32 characters').optional(),
  /** How long a new key is published before it signs, so that caches of the key list know it by then. */
  KEY_PUBLISH_AHEAD_SECONDS: integer(300, { min: 0, max: 86_400 }),
  PASSWORD_MEMORY_KIB: integer(passwordFloor.memoryKib, { min: 8, max: 1_048_576 }),
  PASSWORD_ITERATIONS: integer(passwordFloor.iterations, { min: 1, max: 100 }),
  /** How many failed sign-ins an address has in a window. */
  SIGN_IN_MAX_ATTEMPTS: integer(5, { min: 1, max: 1_000 }),
  /** How many a client has, over all addresses: more, as one client may be an office. */
  SIGN_IN_MAX_ATTEMPTS_PER_CLIENT: integer(30, { min: 1, max: 100_000 }),
  SIGN_IN_WINDOW_SECONDS: integer(900, { min: 1, max: 86_400 }),
  /** What the links in mails begin with. */
  PUBLIC_URL: url(['http', 'https']).default('http://localhost:4000'),
} as const;

/** How accounts behaves, in the terms of its own code. */
export interface Settings {
  readonly isProduction: boolean;
  readonly accessTokenSeconds: number;
  readonly issuer: string;
  readonly audience: string;
  readonly sessionSeconds: number;
  readonly keySecret: string;
  readonly keyPublishAheadSeconds: number;
  readonly passwordCost: PasswordCost;
  readonly attempts: {
    readonly perSubject: number;
    readonly perClient: number;
    readonly windowSeconds: number;
  };
  /** Without a slash at its end. */
  readonly publicUrl: string;
}

/** What `settingsOf` reads: the parsed variables and the part of the kit's own settings that it needs. */
type Read = { readonly [Name in keyof typeof shape]: z.output<(typeof shape)[Name]> } & {
  readonly production: boolean;
  readonly contextSecret: string;
};

/**
 * Checks what no single variable can tell.
 * @throws {ConfigError} in production without a secret for the keys, or with passwords that are cheap to guess
 */
export function settingsOf(read: Read): Settings {
  const problems: string[] = [];
  if (read.production && read.KEY_ENCRYPTION_SECRET === undefined) {
    problems.push(
      'KEY_ENCRYPTION_SECRET: expected at least 32 characters; production has no default (found: not set)',
    );
  }
  if (read.production && read.PASSWORD_MEMORY_KIB < passwordFloor.memoryKib) {
    problems.push(
      `PASSWORD_MEMORY_KIB: expected at least ${passwordFloor.memoryKib} in production (found: ${read.PASSWORD_MEMORY_KIB})`,
    );
  }
  if (read.production && read.PASSWORD_ITERATIONS < passwordFloor.iterations) {
    problems.push(
      `PASSWORD_ITERATIONS: expected at least ${passwordFloor.iterations} in production (found: ${read.PASSWORD_ITERATIONS})`,
    );
  }
  if (problems.length > 0) throw new ConfigError('accounts', problems);
  return {
    isProduction: read.production,
    accessTokenSeconds: read.ACCESS_TOKEN_SECONDS,
    issuer: read.ACCESS_TOKEN_ISSUER,
    audience: read.ACCESS_TOKEN_AUDIENCE,
    sessionSeconds: read.SESSION_SECONDS,
    keySecret: read.KEY_ENCRYPTION_SECRET ?? read.contextSecret,
    keyPublishAheadSeconds: read.KEY_PUBLISH_AHEAD_SECONDS,
    passwordCost: { memoryKib: read.PASSWORD_MEMORY_KIB, iterations: read.PASSWORD_ITERATIONS },
    attempts: {
      perSubject: read.SIGN_IN_MAX_ATTEMPTS,
      perClient: read.SIGN_IN_MAX_ATTEMPTS_PER_CLIENT,
      windowSeconds: read.SIGN_IN_WINDOW_SECONDS,
    },
    publicUrl: read.PUBLIC_URL.replace(/\/+$/, ''),
  };
}
