import { serviceContext } from '@stoa/identity';
import { defineSubgraph, type SubgraphModule } from '@stoa/subgraph';
import { migrations } from '../migrations/index.ts';
import { createBackground } from './background.ts';
import { paymentsConfig } from './config.ts';
import { createContext } from './context.ts';
import { entities } from './entities.ts';
import { createOwnAddress } from './providers/own-address.ts';
import { createProviders, type ProviderFactories, providerFactories } from './providers/providers.ts';
import { bringInLine } from './reconciliation/bring-in-line.ts';
import { resolvers } from './resolvers/index.ts';
import { paymentsService } from './rpc/index.ts';
import { applyWebhooks } from './webhooks/apply-webhooks.ts';
import { webhookRecorder } from './webhooks/record-webhook.ts';
import { addWebhookRoute } from './webhooks/webhook-route.ts';
import { workers } from './workers.ts';

/** Payments over the given providers: those that there are, or others in a test. */
export function paymentsWith(factories: ProviderFactories): SubgraphModule {
  return defineSubgraph({
    name: 'payments',
    folder: new URL('..', import.meta.url),
    config: paymentsConfig(Object.keys(factories)),
    entities,
    migrations,
    app: async ({ config, database, clock, newId, logger }) => {
      const background = createBackground(logger);
      const ownAddress = createOwnAddress();
      const providers = await createProviders(factories, config.PAYMENT_PROVIDERS, config.production, {
        database,
        clock,
        newId,
        logger,
        settings: config,
        contextSecret: config.contextSecret,
        ownAddress,
        background,
      });
      const recordWebhook = webhookRecorder(database, clock);
      return { newId, settings: config, providers, background, ownAddress, recordWebhook };
    },
    stop: ({ background }) => background.stop(),
    context: createContext,
    resolvers,
    rpc: paymentsService,
    rest: (server, { providers, newId, background, ownAddress, recordWebhook }, newContext) => {
      const newScope = () => newContext(serviceContext('payments', newId()));
      ownAddress.learnFrom(server);
      addWebhookRoute(server, {
        providers,
        record: recordWebhook,
        onRecorded: () => background.begin('apply-webhooks', () => applyWebhooks(newScope())),
      });
      for (const provider of providers.all) {
        provider.addRoutes?.(server, async (paymentId) => {
          await bringInLine(newScope(), paymentId);
        });
      }
    },
    workers,
  });
}

export const payments = paymentsWith(providerFactories);
