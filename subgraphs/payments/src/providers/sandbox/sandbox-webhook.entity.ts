import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** A webhook that the sandbox has to send, or has sent. */
export const SandboxWebhook = defineEntity({
  name: 'SandboxWebhook',
  tableName: 'sandbox_webhook',
  properties: {
    id: p.string().length(36).primary(),
    /** What is signed and sent, each time the same. */
    body: p.text(),
    state: p.string().$type<'PENDING' | 'DELIVERED' | 'GIVEN_UP'>(),
    attempts: p.integer(),
    createdAt: p.datetime(3),
    nextAttemptAt: p.datetime(3),
    /** The pass that is at work on it. */
    claimedBy: p.string().length(36).nullable(),
  },
});

export type SandboxWebhook = InferEntity<typeof SandboxWebhook>;
