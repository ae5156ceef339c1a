import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Row } from '@stoa/database';
import type { ProviderCharge } from '../payment-provider.ts';

/** A payment in the sandbox's own books. Amounts are in minor units. */
export const SandboxCharge = defineEntity({
  name: 'SandboxCharge',
  tableName: 'sandbox_charge',
  properties: {
    id: p.string().length(36).primary(),
    /** As the shop named it. */
    paymentId: p.string().length(36),
    token: p.string(),
    state: p.string().$type<ProviderCharge['state']>(),
    amount: p.bigint('number'),
    currency: p.string().length(3),
    isCapturedAtOnce: p.boolean(),
    captured: p.bigint('number'),
    createdAt: p.datetime(3),
    authorizedAt: p.datetime(3).nullable(),
    /** Until then the request is on its way, and nobody can see the charge; null for one that arrived at once. */
    arrivesAt: p.datetime(3).nullable(),
    refusalCode: p.string().nullable(),
    refusalMessage: p.text().nullable(),
  },
});

export type SandboxCharge = Row<InferEntity<typeof SandboxCharge>>;
