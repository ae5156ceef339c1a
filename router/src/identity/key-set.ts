import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { Failure } from '@stoa/errors';

/** Finds the public key that a token says it was signed with. */
export interface KeySet {
  /** @returns null when no such key is published
   *  @throws {Failure} unavailable when the keys cannot be had */
  find(keyId: string): Promise<KeyObject | null>;
}

/** Reads the published keys: the body of /.well-known/jwks.json (RFC 7517). */
export type FetchKeys = () => Promise<unknown>;

interface KeySetOptions {
  /** How long keys are kept before they are read again. */
  maxAgeMs?: number;
  /** How soon after a reading an unknown key id may cause another, so that made-up ids cannot flood the publisher. */
  cooldownMs?: number;
  now?: () => number;
}

/** Keeps the keys that `fetchKeys` reads; reads again when they are old or a new key id turns up, once for all who wait. */
export function createKeySet(fetchKeys: FetchKeys, options: KeySetOptions = {}): KeySet {
  const { maxAgeMs = 600_000, cooldownMs = 5_000, now = Date.now } = options;
  let keys = new Map<string, KeyObject>();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;

  const read = () => {
    reading ??= fetchKeys()
      .then((body) => {
        keys = parseKeys(body);
        readAt = now();
      })
      .finally(() => {
        reading = null;
      });
    return reading;
  };

  return {
    async find(keyId) {
      const age = now() - readAt;
      if (age > maxAgeMs || (!keys.has(keyId) && age > cooldownMs)) {
        try {
          await read();
        } catch (error) {
          // Old keys still serve while the publisher is away; without any, nobody can be told apart.
          if (!keys.has(keyId)) {
            throw new Failure(
              'unavailable',
              'Access tokens cannot be checked now: their keys could not be read',
              { cause: error },
            );
          }
        }
      }
      return keys.get(keyId) ?? null;
    },
  };
}

function parseKeys(body: unknown): Map<string, KeyObject> {
  const list = typeof body === 'object' && body !== null && 'keys' in body ? body.keys : null;
  if (!Array.isArray(list)) throw new Error('expected a JSON Web Key Set: { "keys": [...] }');
  const keys = new Map<string, KeyObject>();
  for (const key of list as (JsonWebKey & { kid?: unknown; use?: unknown })[]) {
    if (typeof key.kid !== 'string' || (key.use !== undefined && key.use !== 'sig') || key.kty === 'oct')
      continue;
    keys.set(key.kid, createPublicKey({ key, format: 'jwk' }));
  }
  return keys;
}

/** Reads keys over HTTP, within three seconds. */
export function fetchKeysFrom(url: string): FetchKeys {
  return async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(3_000), redirect: 'error' });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return response.json();
  };
}
