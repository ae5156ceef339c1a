import { fixedClock } from '@stoa/clock';
import { createHttpServer } from '@stoa/http';
import { silentLogger } from '@stoa/telemetry';
import { testSubgraph } from '@stoa/testkit';
import type { PaymentProvider } from '../src/providers/payment-provider.ts';
import { createSandbox } from '../src/providers/sandbox/sandbox.ts';
import { signatureHeader } from '../src/providers/sandbox/sandbox-event.ts';
import { sandboxWebhookSecret } from '../src/providers/sandbox/webhook-sender.ts';
import { paymentsWith } from '../src/subgraph.ts';
import { signWebhook } from '../src/webhooks/signature.ts';
import { describeProvider, type ProviderUnderTest } from './provider-contract.ts';

const losing = {
  authorize: 'tok_timeout_charged',
  capture: 'tok_capture_timeout',
  void: 'tok_void_timeout',
  refund: 'tok_refund_timeout',
} as const;

describeProvider('the sandbox', async (): Promise<ProviderUnderTest> => {
  const clock = fixedClock();
  let made: PaymentProvider | undefined;
  const opened = await testSubgraph(
    paymentsWith({
      sandbox: (environment) => {
        made = createSandbox(environment);
        return made;
      },
    }),
    { clock },
  );
  if (made === undefined) throw new Error('expected the sandbox to be made');
  const server = createHttpServer({
    logger: silentLogger,
    bodyLimitBytes: 1_000,
    notReadyBecause: () => null,
  });
  made.addRoutes?.(server, async () => {});
  const secret = sandboxWebhookSecret(opened.contextSecret);
  return {
    provider: made,
    tokens: {
      approve: 'tok_approve',
      decline: 'tok_decline',
      action: 'tok_action',
      captureFails: 'tok_capture_fails',
      refundFails: 'tok_refund_fails',
      unknown: 'tok_unheard_of',
    },
    declineCode: 'card_declined',
    losing: (operation, what) => (what === 'request' ? 'tok_timeout_not_charged' : losing[operation]),
    async buyerAnswers(actionUrl, isConfirmed) {
      const url = `${new URL(actionUrl).pathname}/${isConfirmed ? 'yes' : 'no'}`;
      await server.inject({ method: 'POST', url });
    },
    async expireHolds() {
      clock.advance(7 * 24 * 3_600_000);
    },
    async webhooksOf(paymentId) {
      const rows: { body: string }[] = await opened.subgraph.database.em
        .fork()
        .getKnex()('sandbox_webhook')
        .select('body')
        .orderBy('id');
      return rows
        .filter(({ body }) => JSON.parse(body).paymentId === paymentId)
        .map(({ body }) => ({
          body: Buffer.from(body),
          headers: { [signatureHeader]: signWebhook(secret, body, clock.now()) },
        }));
    },
    async stop() {
      await server.close();
      await opened.stop();
    },
  };
});
