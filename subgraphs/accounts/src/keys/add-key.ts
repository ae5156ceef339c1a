import type { Clock, NewId } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import { createKeyPair } from './key-pair.ts';
import { sealPrivateKey } from './seal-private-key.ts';
import { SigningKey } from './signing-key.entity.ts';

/** What making a key takes. */
export interface KeyMaking {
  readonly clock: Clock;
  readonly newId: NewId;
  /** What private keys are encrypted with. */
  readonly keySecret: string;
}

/** Adds a new key to the unit of work. */
export function addKey(
  em: EntityManager,
  { clock, newId, keySecret }: KeyMaking,
  { sequence, activatesAt }: { sequence: number; activatesAt: Date },
): SigningKey {
  const kid = newId();
  const { privateKey, publicJwk } = createKeyPair(kid);
  return em.create(
    SigningKey,
    {
      kid,
      sequence,
      privateKey: sealPrivateKey(privateKey, kid, keySecret),
      publicJwk,
      createdAt: clock.now(),
      activatesAt,
      retiresAt: null,
    },
    { persist: true },
  );
}
