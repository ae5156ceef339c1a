import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@stoa/clock';
import { repositoryRoot } from '@stoa/registry';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { providerFactories } from '../src/providers/providers.ts';
import { type OpenPayments, openPayments } from './open-payments.ts';
import { type SandboxWebhooks, sandboxWebhooks } from './sandbox-webhooks.ts';

const file = join(repositoryRoot(), 'docs', 'payments-webhooks.openapi.json');
const { paths } = JSON.parse(readFileSync(file, 'utf8'));
const { post } = paths['/webhooks/payments/{provider}'];

let payments: OpenPayments;
let webhooks: SandboxWebhooks;
beforeAll(async () => {
  payments = await openPayments();
  webhooks = sandboxWebhooks(payments);
});
afterAll(async () => {
  await webhooks.server.close();
  await payments.stop();
});

const event = JSON.stringify({
  id: newId(),
  type: 'payment.captured',
  paymentId: newId(),
  chargeId: newId(),
});

it.each<[string, () => ReturnType<SandboxWebhooks['send']>]>([
  ['200', () => webhooks.send(event)],
  ['400', () => webhooks.send('{}')],
  ['401', () => webhooks.send(event, null)],
  ['404', async () => webhooks.server.inject({ method: 'POST', url: '/webhooks/payments/paypal' })],
  ['413', () => webhooks.send('x'.repeat(300_000))],
])('docs/payments-webhooks.openapi.json describes the answer %s', async (status, send) => {
  const response = await send();
  expect(String(response.statusCode)).toBe(status);
  const { description, content } = post.responses[status];
  const answer = response.json() as { received?: boolean; errors?: [{ extensions: { code: string } }] };
  const code = answer.errors?.[0].extensions.code;
  if (code === undefined) expect(answer).toEqual({ received: true });
  else expect(description).toContain(code);
  expect(content).toHaveProperty(['application/json']);
});

it('describes no other answer, and every provider', () => {
  expect(Object.keys(post.responses)).toEqual(['200', '400', '401', '404', '413']);
  const [{ schema }] = post.parameters;
  expect(schema.enum).toEqual(Object.keys(providerFactories));
});
