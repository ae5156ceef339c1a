import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Row } from '@stoa/database';

/** A refund in the sandbox's own books; refused when it has a refusal. */
export const SandboxRefund = defineEntity({
  name: 'SandboxRefund',
  tableName: 'sandbox_refund',
  properties: {
    id: p.string().length(36).primary(),
    chargeId: p.string().length(36),
    idempotencyKey: p.string(),
    /** In minor units. */
    amount: p.bigint('number'),
    createdAt: p.datetime(3),
    refusalCode: p.string().nullable(),
    refusalMessage: p.text().nullable(),
  },
});

export type SandboxRefund = Row<InferEntity<typeof SandboxRefund>>;
