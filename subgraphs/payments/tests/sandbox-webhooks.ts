import { createHttpServer, type HttpServer } from '@stoa/http';
import { silentLogger } from '@stoa/telemetry';
import { vi } from 'vitest';
import { signatureHeader } from '../src/providers/sandbox/sandbox-event.ts';
import { sandboxWebhookSecret } from '../src/providers/sandbox/webhook-sender.ts';
import { signWebhook } from '../src/webhooks/signature.ts';
import type { OpenPayments } from './open-payments.ts';

/** What the sandbox has to tell, sent by a test when and as often as it likes. */
export interface SandboxWebhooks {
  readonly server: HttpServer;
  /** The bodies of all webhooks of a payment, in the order in which it happened. */
  bodiesOf(paymentId: string): Promise<string[]>;
  /** Sends one, signed unless another signature is given; null for none. */
  send(body: string, signature?: string | null): Promise<{ statusCode: number; json(): unknown }>;
  /** Waits until all that was sent has been applied. */
  applied(): Promise<void>;
  /** The states of what was recorded, by the sandbox's own id of the event. */
  states(): Promise<Record<string, string>>;
}

export function sandboxWebhooks(payments: OpenPayments): SandboxWebhooks {
  const server = createHttpServer({
    logger: silentLogger,
    bodyLimitBytes: 1_000_000,
    notReadyBecause: () => null,
  });
  payments.subgraph.addRestRoutes(server);
  const secret = sandboxWebhookSecret(payments.contextSecret);
  const knex = () => payments.subgraph.database.em.fork().getKnex();
  const states = async () => {
    const rows: { id: string; state: string }[] = await knex()('webhook_event').select('id', 'state');
    return Object.fromEntries(rows.map(({ id, state }) => [id.replace('sandbox:', ''), state]));
  };
  return {
    server,
    async bodiesOf(paymentId) {
      const rows: { body: string }[] = await knex()('sandbox_webhook').select('body').orderBy('id');
      return rows.map(({ body }) => body).filter((body) => JSON.parse(body).paymentId === paymentId);
    },
    async send(body, signature = signWebhook(secret, body, payments.clock.now())) {
      return server.inject({
        method: 'POST',
        url: '/webhooks/payments/sandbox',
        headers: {
          'content-type': 'application/json',
          ...(signature === null ? {} : { [signatureHeader]: signature }),
        },
        payload: body,
      });
    },
    async applied() {
      await vi.waitFor(
        async () => {
          const left = Object.entries(await states()).filter(([, state]) => state === 'PENDING');
          if (left.length > 0) throw new Error(`still to be applied: ${left.map(([id]) => id).join(', ')}`);
        },
        { timeout: 10_000, interval: 20 },
      );
    },
    states,
  };
}
