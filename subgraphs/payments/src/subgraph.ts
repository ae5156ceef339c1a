import { OutboxEvent } from '@stoa/events';
import { serviceContext } from '@stoa/identity';
import { defineSubgraph, type SubgraphModule } from '@stoa/subgraph';
import { migrations } from '../migrations/index.ts';
import { paymentsConfig } from './config.ts';
import { createContext } from './context.ts';
import { LedgerEntry } from './ledger/ledger-entry.entity.ts';
import { PaymentOperation } from './operation/payment-operation.entity.ts';
import { Payment } from './payment/payment.entity.ts';
import { settlePayment } from './payment/settle-payment.ts';
import { createProviders, type ProviderFactories, providerFactories } from './providers/providers.ts';
import { SandboxRequest } from './providers/sandbox/answer-once.ts';
import { SandboxCharge } from './providers/sandbox/sandbox-charge.entity.ts';
import { SandboxRefund } from './providers/sandbox/sandbox-refund.entity.ts';
import { resolvers } from './resolvers/index.ts';
import { paymentsService } from './rpc/index.ts';

/** Payments over the given providers: those that there are, or others in a test. */
export function paymentsWith(factories: ProviderFactories): SubgraphModule {
  return defineSubgraph({
    name: 'payments',
    folder: new URL('..', import.meta.url),
    config: paymentsConfig(Object.keys(factories)),
    entities: [
      OutboxEvent,
      Payment,
      PaymentOperation,
      LedgerEntry,
      SandboxCharge,
      SandboxRefund,
      SandboxRequest,
    ],
    migrations,
    app: ({ config, database, clock, newId }) => ({
      newId,
      providers: createProviders(factories, config.PAYMENT_PROVIDERS, config.production, {
        database,
        clock,
        newId,
        sandboxUrl: config.PAYMENT_SANDBOX_URL.replace(/\/+$/, ''),
      }),
    }),
    context: createContext,
    resolvers,
    rpc: paymentsService,
    rest: (server, { providers, newId }, newContext) => {
      for (const provider of providers.all) {
        provider.addRoutes?.(server, async (paymentId) => {
          const context = newContext(serviceContext('payments', newId()));
          await settlePayment(context, paymentId);
        });
      }
    },
  });
}

export const payments = paymentsWith(providerFactories);
