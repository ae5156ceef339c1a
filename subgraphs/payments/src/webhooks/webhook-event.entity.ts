import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/**
 * Something that a provider has told us. Only who is concerned is kept: what has happened, the provider is asked for.
 * IGNORED is what concerns no payment of ours.
 */
export const WebhookEvent = defineEntity({
  name: 'WebhookEvent',
  tableName: 'webhook_event',
  properties: {
    /** The provider's name and its own id of the event. */
    id: p.string().length(300).primary(),
    provider: p.string(),
    type: p.string(),
    paymentId: p.string().length(36).nullable(),
    /** The provider's name for the payment. */
    providerReference: p.string().nullable(),
    state: p.string().$type<'PENDING' | 'APPLIED' | 'IGNORED'>(),
    attempts: p.integer(),
    receivedAt: p.datetime(3),
    nextAttemptAt: p.datetime(3),
    /** The pass that is at work on it. */
    claimedBy: p.string().length(36).nullable(),
  },
});

export type WebhookEvent = InferEntity<typeof WebhookEvent>;
