import { randomBytes } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';

/** What one guess costs an attacker, and one sign-in us. */
export interface PasswordCost {
  readonly memoryKib: number;
  readonly iterations: number;
}

/**
 * The least that production accepts, and the default: the second of the equal choices in OWASP's Password Storage
 * Cheat Sheet for Argon2id, with one lane.
 */
export const floor: PasswordCost = { memoryKib: 19_456, iterations: 2 };

export interface PasswordHasher {
  /** A hash in PHC form, with a salt of its own. */
  hash(password: string): Promise<string>;
  /** Whether the password is the one behind the hash. */
  verify(passwordHash: string, password: string): Promise<boolean>;
  /** A hash that no password fits and that costs as much to verify as a real one. */
  readonly decoy: string;
  /** Whether a hash was made at another cost than new ones are. */
  isOutdated(passwordHash: string): boolean;
}

/** Argon2id (RFC 9106) at the given cost, on the threads of libuv. */
export function argon2Hasher({ memoryKib, iterations }: PasswordCost): PasswordHasher {
  const options = { memoryCost: memoryKib, timeCost: iterations, parallelism: 1 };
  return {
    hash: (password) => hash(sameLetters(password), options),
    verify: (passwordHash, password) => verify(passwordHash, sameLetters(password)),
    decoy: `$argon2id$v=19$m=${memoryKib},t=${iterations},p=1$${unpadded(16)}$${unpadded(32)}`,
    isOutdated(passwordHash) {
      const made = parseOptions(passwordHash);
      return made.memoryCost !== memoryKib || made.timeCost !== iterations || made.parallelism !== 1;
    },
  };
}

/** Keyboards write one letter in different ways (NIST SP 800-63B, section 5.1.1.2, asks for this). */
function sameLetters(password: string): string {
  return password.normalize('NFKC');
}

function unpadded(bytes: number): string {
  return randomBytes(bytes).toString('base64').replace(/=+$/, '');
}
