import { testSubgraph } from '@stoa/testkit';
import { describe, expect, it } from 'vitest';
import { payments } from '../src/subgraph.ts';

describe('the settings of payments', () => {
  it('name the sandbox unless told otherwise, save in production, which has no default', async () => {
    await expect(testSubgraph(payments, { environment: { NODE_ENV: 'production' } })).rejects.toThrow(
      'PAYMENT_PROVIDERS: expected a comma-separated list of sandbox, stripe; production has no default',
    );
    const subgraph = await testSubgraph(payments, {
      environment: { NODE_ENV: 'production', PAYMENT_PROVIDERS: 'sandbox' },
    });
    await subgraph.stop();
  });

  it.each([
    [
      'a provider that is unknown',
      { PAYMENT_PROVIDERS: 'sandbox, paypal' },
      'expected a comma-separated list',
    ],
    ['an address that is none', { PAYMENT_SANDBOX_URL: 'localhost' }, 'http://'],
  ])('refuse %s at start', async (_, environment, message) => {
    await expect(testSubgraph(payments, { environment })).rejects.toThrow(message);
  });
});
