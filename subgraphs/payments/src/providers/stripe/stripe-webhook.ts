import { Failure } from '@stoa/errors';
import { z } from '@stoa/events';
import Stripe from 'stripe';
import { invalidSignature } from '../../webhooks/signature.ts';
import type { IncomingWebhook, ProviderEvent } from '../payment-provider.ts';

/** As far as an event of Stripe's is read: https://docs.stripe.com/api/events/object */
const stripeEvent = z.object({
  id: z.string().min(1).max(250),
  type: z.string().min(1).max(250),
  data: z.object({
    object: z.object({
      id: z.string().optional(),
      object: z.string(),
      payment_intent: z.unknown().optional(),
      metadata: z.unknown().optional(),
    }),
  }),
});

/**
 * Checks the signature over the raw body by Stripe's library, and reads which payment an event is about: a PaymentIntent is
 * one, a charge, a refund and a dispute belong to one.
 * @throws {Failure} unauthenticated INVALID_SIGNATURE; bad-input INVALID_WEBHOOK
 */
export function readStripeWebhook(
  secret: string,
  { body, headers }: IncomingWebhook,
  now: Date,
): ProviderEvent {
  const header = headers['stripe-signature'];
  const parsed = stripeEvent.safeParse(verified(secret, body, typeof header === 'string' ? header : '', now));
  if (!parsed.success) {
    throw new Failure('bad-input', 'Expected an event of Stripe with id, type and data.object', {
      code: 'INVALID_WEBHOOK',
    });
  }
  const { id, type, data } = parsed.data;
  const { object } = data;
  const reference =
    object.object === 'payment_intent'
      ? object.id
      : (textOf(object.payment_intent) ?? textOf(idOf(object.payment_intent)));
  return { id, type, reference: reference ?? null, paymentId: paymentIdIn(object.metadata) };
}

function verified(secret: string, body: Buffer, header: string, now: Date): unknown {
  try {
    return Stripe.webhooks.constructEvent(body, header, secret, undefined, undefined, now.getTime());
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
    throw invalidSignature(error.message.split('\n')[0] ?? '', error);
  }
}

/** What we gave Stripe to keep with the PaymentIntent; an event of another shop on the same account has none. */
function paymentIdIn(metadata: unknown): string | null {
  const id = fieldOf(metadata, 'payment_id');
  return typeof id === 'string' && id.length <= 36 ? id : null;
}

function idOf(value: unknown): unknown {
  return fieldOf(value, 'id');
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 250 ? value : undefined;
}
