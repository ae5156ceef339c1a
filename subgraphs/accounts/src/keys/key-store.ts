import { createPrivateKey, type KeyObject } from 'node:crypto';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { Database, EntityManager } from '@stoa/database';
import { Failure } from '@stoa/errors';
import type { Signer } from './access-token.ts';
import { addKey } from './add-key.ts';
import type { PublicJwk } from './key-pair.ts';
import { publishedAt, signingKeyAt } from './key-schedule.ts';
import { type Rotation, rotateKeys } from './rotate-keys.ts';
import { openPrivateKey } from './seal-private-key.ts';
import { SigningKey } from './signing-key.entity.ts';

/** The signing keys, kept in the database so that all instances agree on them. */
export interface KeyStore {
  /** The key that signs now. */
  signer(): Promise<Signer>;
  /** The keys that verify tokens, newest first. */
  published(): Promise<readonly PublicJwk[]>;
}

export interface KeyStoreOptions extends Rotation {
  readonly database: Database;
  /** Whether keys that cannot be opened stop the start; else they are replaced. */
  readonly isProduction: boolean;
}

/**
 * Opens the key store and makes the first key of an empty one; of several processes that do so at
 * once, one makes it. Each answer reads the database, so that a rotation holds from its commit on.
 * @throws {Failure} in production, when the keys were encrypted with another secret
 */
export async function openKeyStore(options: KeyStoreOptions): Promise<KeyStore> {
  const opened = new Map<string, KeyObject>();
  const keys = () => fork(options.database).find(SigningKey, {}, { orderBy: { sequence: 'desc' } });

  const signer = async (): Promise<Signer> => {
    const key = signingKeyAt(await keys(), options.clock.now());
    if (key === undefined) throw new Failure('internal', 'There is no signing key');
    let privateKey = opened.get(key.kid);
    if (privateKey === undefined) {
      privateKey = open(key, options.keySecret);
      opened.set(key.kid, privateKey);
    }
    return { kid: key.kid, privateKey };
  };

  if ((await keys()).length === 0) await makeFirstKey(options);
  try {
    await signer();
  } catch (error) {
    // A developer's secret comes and goes with the data folder; a shop's must not.
    if (options.isProduction || !(error instanceof Failure)) throw error;
    await rotateKeys(fork(options.database), { ...options, publishAheadSeconds: 0 });
  }
  return {
    signer,
    published: async () => publishedAt(await keys(), options.clock.now()).map(({ publicJwk }) => publicJwk),
  };
}

async function makeFirstKey(options: KeyStoreOptions): Promise<void> {
  const em = fork(options.database);
  addKey(em, options, { sequence: 1, activatesAt: options.clock.now() });
  try {
    await em.flush();
  } catch (error) {
    // Another process was first: its key will do.
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
  }
}

function open(key: SigningKey, keySecret: string): KeyObject {
  const pem = openPrivateKey(key.privateKey, key.kid, keySecret);
  if (pem !== null) return createPrivateKey(pem);
  throw new Failure(
    'internal',
    'The signing keys were encrypted with another secret: set KEY_ENCRYPTION_SECRET to that one, or make a new key by ' +
      '`npm run rotate-keys -w @stoa/accounts -- --now`, which ends the access tokens made before',
    { code: 'SIGNING_KEYS_LOCKED' },
  );
}

function fork(database: Database): EntityManager {
  return database.em.fork() as EntityManager;
}
