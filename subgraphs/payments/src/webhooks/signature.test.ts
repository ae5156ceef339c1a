import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { checkSignature, signWebhook } from './signature.ts';

const secret = 'whsec_of_the_tests';
const body = '{"id":"evt-1","text":"Straße"}';
const at = new Date('2026-01-01T00:00:00.000Z');
const later = (ms: number) => new Date(at.getTime() + ms);
const refused = expect.objectContaining({ kind: 'unauthenticated', code: 'INVALID_SIGNATURE' });

describe('the signature of a webhook', () => {
  it('is the one that Stripe documents', () => {
    const stripes = Stripe.webhooks.generateTestHeaderString({
      payload: body,
      secret,
      timestamp: at.getTime() / 1000,
    });
    expect(signWebhook(secret, body, at)).toBe(stripes);
  });

  it('is accepted for the body, the secret and the time that it was made of', () => {
    const header = signWebhook(secret, body, at);
    checkSignature(secret, Buffer.from(body), header, later(299_000));
    checkSignature(secret, Buffer.from(body), header, later(-299_000));
  });

  it('is accepted beside the signature of a secret that is being replaced', () => {
    const [time, own] = signWebhook(secret, body, at).split(',');
    const [, other] = signWebhook('whsec_of_before', body, at).split(',');
    checkSignature(secret, Buffer.from(body), `${time},${other},${own}`, at);
  });

  it.each([
    ['another body', signWebhook(secret, `${body} `, at), at],
    ['another secret', signWebhook('whsec_other', body, at), at],
    ['a time long past', signWebhook(secret, body, at), later(301_000)],
    ['a time to come', signWebhook(secret, body, at), later(-301_000)],
    ['no time', signWebhook(secret, body, at).replace(/^t=\d+,/, ''), at],
    ['another time', signWebhook(secret, body, at).replace(/^t=\d/, 't=9'), at],
    ['no signature', 't=1', at],
    ['a signature cut short', signWebhook(secret, body, at).slice(0, -2), at],
    ['nonsense', 'nonsense', at],
    ['nothing', undefined, at],
  ])('is refused with %s', (_, header, now) => {
    expect(() => checkSignature(secret, Buffer.from(body), header, now)).toThrow(refused);
  });
});
