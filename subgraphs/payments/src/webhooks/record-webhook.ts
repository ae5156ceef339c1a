import type { Clock } from '@stoa/clock';
import { type Database, lazyFork, rowsOf, writtenTogether } from '@stoa/database';
import type { ProviderEvent } from '../providers/payment-provider.ts';

/** Keeps what a provider has told us, to be applied by and by. What it has told us before is known. It is on disk when this resolves. */
export type RecordWebhook = (provider: string, event: ProviderEvent) => Promise<void>;

/** Webhooks come many at once: those that do are one insert. */
export function webhookRecorder({ em }: Database, clock: Clock): RecordWebhook {
  const rows = rowsOf(lazyFork(em));
  const record = writtenTogether<readonly unknown[]>((events) =>
    rows.run(
      `insert into webhook_event
         (id, provider, type, payment_id, provider_reference, state, attempts, received_at, next_attempt_at)
       values ${events.map(() => '(?, ?, ?, ?, ?, ?, 0, ?, ?)').join(', ')} on conflict (id) do nothing`,
      events.flat(),
    ),
  );
  return (provider, { id, type, paymentId, reference }) => {
    const now = clock.now();
    const state = paymentId === null && reference === null ? 'IGNORED' : 'PENDING';
    return record([`${provider}:${id}`, provider, type, paymentId, reference, state, now, now]);
  };
}
