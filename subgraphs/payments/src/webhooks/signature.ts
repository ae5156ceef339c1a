import { createHmac, timingSafeEqual } from 'node:crypto';
import { Failure } from '@stoa/errors';

/** How far the clocks of sender and receiver may be apart, and how long a webhook may be on its way. */
const toleranceMs = 300_000;

/**
 * Signs a webhook as Stripe documents it (docs.stripe.com/webhooks/signature): `t=SECONDS,v1=HEX`, the HMAC-SHA256 of the
 * time, a full stop and the body.
 */
export function signWebhook(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${digest(secret, seconds, Buffer.from(body)).toString('hex')}`;
}

/**
 * Checks a signature over the body as it came, byte by byte. The comparison takes as long for a wrong one as for a right one.
 * @throws {Failure} unauthenticated INVALID_SIGNATURE
 */
export function checkSignature(secret: string, body: Buffer, header: string | undefined, now: Date): void {
  if (header === undefined) throw invalidSignature('Expected a signature, found none');
  const seconds = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(header)?.[1] ?? Number.NaN);
  const signatures = [...header.matchAll(/(?:^|,)v1=([0-9a-f]{64})(?=,|$)/g)].map(([, hex = '']) => hex);
  if (Number.isNaN(seconds) || signatures.length === 0) {
    throw invalidSignature('Expected a signature of the form t=SECONDS,v1=HEX');
  }
  const expected = digest(secret, seconds, body);
  const isOurs = signatures.some((hex) => timingSafeEqual(Buffer.from(hex, 'hex'), expected));
  if (!isOurs) throw invalidSignature('The signature is not that of this body');
  if (Math.abs(now.getTime() - seconds * 1000) > toleranceMs) {
    throw invalidSignature('The signature is of another time: the webhook is too old, or a clock is wrong');
  }
}

/** The same for every provider, so that a sender learns nothing of which one it has met. */
export function invalidSignature(message: string, cause?: unknown): Failure {
  return new Failure('unauthenticated', message, { code: 'INVALID_SIGNATURE', cause });
}

function digest(secret: string, seconds: number, body: Buffer): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
}
