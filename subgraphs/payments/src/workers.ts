import type { Worker } from '@stoa/subgraph';
import type { App, Context } from './context.ts';
import { checkDuePayments } from './reconciliation/check-due-payments.ts';
import { applyWebhooks } from './webhooks/apply-webhooks.ts';
import { forgetWebhooks } from './webhooks/forget-webhooks.ts';

/** Work that goes on beside the requests. */
export const workers: readonly Worker<App, Context>[] = [
  {
    name: 'reconcile',
    pauseMs: ({ settings }) => settings.PAYMENT_RECONCILE_PAUSE_MS,
    pass: checkDuePayments,
  },
  {
    // Most are applied as soon as they have come; these are the others.
    name: 'apply-webhooks',
    pauseMs: () => 1_000,
    pass: applyWebhooks,
  },
  {
    name: 'providers',
    pauseMs: () => 1_000,
    pass: async (_, { providers }) => {
      const passes = providers.all.map((provider) => provider.work?.() ?? false);
      return (await Promise.all(passes)).includes(true);
    },
  },
  { name: 'forget-webhooks', pauseMs: () => 3_600_000, pass: forgetWebhooks },
];
