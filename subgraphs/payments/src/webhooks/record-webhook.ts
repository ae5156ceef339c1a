import { writeTime } from '@stoa/database';
import type { ProviderEvent } from '../providers/payment-provider.ts';
import type { PaymentsScope } from '../scope.ts';

/** Keeps what a provider has told us, to be applied by and by. What it has told us before is known. */
export async function recordWebhook(
  { em, clock }: PaymentsScope,
  provider: string,
  event: ProviderEvent,
): Promise<void> {
  const now = writeTime(em, clock.now());
  const concernsNobody = event.paymentId === null && event.reference === null;
  await em
    .getKnex()('webhook_event')
    .insert({
      id: `${provider}:${event.id}`,
      provider,
      type: event.type,
      payment_id: event.paymentId,
      provider_reference: event.reference,
      state: concernsNobody ? 'IGNORED' : 'PENDING',
      attempts: 0,
      received_at: now,
      next_attempt_at: now,
      claimed_by: null,
    })
    .onConflict('id')
    .ignore();
}
