import { rowsOf } from '@stoa/database';
import type { ProviderEvent } from '../providers/payment-provider.ts';
import type { PaymentsScope } from '../scope.ts';

/** Keeps what a provider has told us, to be applied by and by. What it has told us before is known. */
export async function recordWebhook(
  { em, clock }: PaymentsScope,
  provider: string,
  event: ProviderEvent,
): Promise<void> {
  const now = clock.now();
  const concernsNobody = event.paymentId === null && event.reference === null;
  await rowsOf(em).run(
    `insert into webhook_event
       (id, provider, type, payment_id, provider_reference, state, attempts, received_at, next_attempt_at)
     values (?, ?, ?, ?, ?, ?, 0, ?, ?) on conflict (id) do nothing`,
    [
      `${provider}:${event.id}`,
      provider,
      event.type,
      event.paymentId,
      event.reference,
      concernsNobody ? 'IGNORED' : 'PENDING',
      now,
      now,
    ],
  );
}
