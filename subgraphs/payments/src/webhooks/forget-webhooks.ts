import { writeTime } from '@stoa/database';
import type { PaymentsScope } from '../scope.ts';

/** Providers send an event again for some days; a repeat after that changes nothing, and only costs a question. */
const keptForMs = 30 * 24 * 3_600_000;

/** Deletes what was told long ago and is done with, of the sandbox's own list too. */
export async function forgetWebhooks({ em, clock }: PaymentsScope): Promise<false> {
  const before = writeTime(em, new Date(clock.now().getTime() - keptForMs));
  const knex = em.getKnex();
  await knex('webhook_event').where('received_at', '<', before).whereNot('state', 'PENDING').delete();
  await knex('sandbox_webhook').where('created_at', '<', before).whereNot('state', 'PENDING').delete();
  return false;
}
