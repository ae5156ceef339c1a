import { Failure } from '@stoa/errors';
import type { HttpServer } from '@stoa/http';
import type { Providers } from '../providers/providers.ts';
import type { RecordWebhook } from './record-webhook.ts';

/** Webhooks of providers are of some kilobytes. */
const bodyLimitBytes = 256_000;

export interface WebhookRouteOptions {
  readonly providers: Providers;
  readonly record: RecordWebhook;
  /** Has what was recorded applied, by and by. */
  onRecorded(): void;
}

/**
 * POST /webhooks/payments/:provider, described in docs/payments-webhooks.openapi.json. It answers 200 as soon as the event
 * is on disk; anything else has the provider send it again.
 */
export function addWebhookRoute(
  server: HttpServer,
  { providers, record, onRecorded }: WebhookRouteOptions,
): void {
  // A scope of its own: here a body stays the bytes that were signed, and everywhere else it is parsed as before.
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyLimitBytes }, (_, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler((error: { code?: string }) => {
      if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
      throw new Failure('too-large', `The body is too large: expected at most ${bodyLimitBytes} bytes`);
    });
    scope.post<{ Params: { provider: string } }>(
      '/webhooks/payments/:provider',
      { bodyLimit: bodyLimitBytes },
      async ({ params, headers, body }) => {
        const provider = providers.find(params.provider);
        if (provider?.readWebhook === undefined) {
          throw new Failure(
            'not-found',
            `There is no payment provider ${JSON.stringify(params.provider)} here`,
            {
              code: 'UNKNOWN_PROVIDER',
            },
          );
        }
        const event = provider.readWebhook({ body: Buffer.isBuffer(body) ? body : Buffer.alloc(0), headers });
        await record(provider.name, event);
        onRecorded();
        return { received: true };
      },
    );
  });
}
