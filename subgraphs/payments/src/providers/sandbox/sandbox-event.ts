import { Failure } from '@stoa/errors';
import { z } from '@stoa/events';
import { checkSignature } from '../../webhooks/signature.ts';
import type { IncomingWebhook, ProviderEvent } from '../payment-provider.ts';

/** What has happened at the sandbox. */
export type SandboxEventType =
  | 'payment.authorized'
  | 'payment.captured'
  | 'payment.action_required'
  | 'payment.declined'
  | 'payment.capture_failed'
  | 'payment.voided'
  | 'refund.succeeded'
  | 'refund.failed';

const sandboxEvent = z.object({
  id: z.string().min(1).max(36),
  type: z.string().min(1).max(100),
  paymentId: z.string().min(1).max(36),
  chargeId: z.string().min(1).max(36),
});

/** The body of a webhook of the sandbox. */
export type SandboxEvent = z.output<typeof sandboxEvent> & { readonly type: SandboxEventType };

export const signatureHeader = 'sandbox-signature';

/** @throws {Failure} unauthenticated INVALID_SIGNATURE; bad-input INVALID_WEBHOOK */
export function readSandboxWebhook(
  secret: string,
  { body, headers }: IncomingWebhook,
  now: Date,
): ProviderEvent {
  const header = headers[signatureHeader];
  checkSignature(secret, body, typeof header === 'string' ? header : undefined, now);
  const parsed = sandboxEvent.safeParse(parseJson(body));
  if (!parsed.success) {
    throw new Failure('bad-input', 'Expected an event of the sandbox with id, type, paymentId and chargeId', {
      code: 'INVALID_WEBHOOK',
    });
  }
  const { id, type, paymentId, chargeId } = parsed.data;
  return { id, type, paymentId, reference: chargeId };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
