import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { addKey, type KeyMaking } from './add-key.ts';
import { retirement } from './key-schedule.ts';
import { SigningKey } from './signing-key.entity.ts';

export interface Rotation extends KeyMaking {
  /** How long the new key is published before it signs. */
  readonly publishAheadSeconds: number;
  /** How long access tokens live: so long the old key stays published. */
  readonly accessTokenSeconds: number;
}

/**
 * Makes a new signing key, which is published at once and signs after `publishAheadSeconds`; gives
 * the older keys their end, and forgets those that have reached it.
 * @throws {Failure} conflict when another process rotates at the same moment
 */
export async function rotateKeys(em: EntityManager, rotation: Rotation): Promise<SigningKey> {
  const now = rotation.clock.now();
  const activatesAt = new Date(now.getTime() + rotation.publishAheadSeconds * 1000);
  try {
    return await em.transactional(
      async (tx) => {
        await tx.nativeDelete(SigningKey, { retiresAt: { $lte: now } });
        const [newest] = await tx.find(SigningKey, {}, { orderBy: { sequence: 'desc' }, limit: 1 });
        const retiresAt = retirement(activatesAt, rotation.accessTokenSeconds);
        await tx.nativeUpdate(SigningKey, { retiresAt: null }, { retiresAt });
        return addKey(tx, rotation, { sequence: (newest?.sequence ?? 0) + 1, activatesAt });
      },
      { clear: true },
    );
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new Failure('conflict', 'Another process has just rotated the keys', {
      code: 'KEYS_ROTATED_ALREADY',
      cause: error,
    });
  }
}
