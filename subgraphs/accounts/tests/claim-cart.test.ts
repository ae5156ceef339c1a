import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '@stoa/errors';
import type { CallContext } from '@stoa/identity';
import { ordersRpc } from '@stoa/orders/rpc';
import { implementRpc, localServices } from '@stoa/rpc';
import { silentLogger } from '@stoa/telemetry';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { password, startAccounts, type TestAccounts } from './start-accounts.ts';

describe('the cart of a guest', () => {
  const claimCart = vi.fn();
  let accounts: TestAccounts;
  beforeAll(async () => {
    const services = localServices();
    accounts = await startAccounts({ services });
    const orders = implementRpc(ordersRpc, {
      claimCart: async ({ cartId, userId }, call: CallContext) => claimCart({ cartId, userId }, call),
    });
    services.add(orders, {
      contextSecret: accounts.contextSecret,
      logger: silentLogger,
      newContext: (call) => call,
    });
  });
  afterAll(() => accounts.stop());
  beforeEach(() => {
    claimCart.mockReset().mockResolvedValue({ cartId: 'cart-1' });
  });
  const signInWith = (email: string, cartId: string | null) =>
    accounts.mutate('signIn', { email, password, cartId }, '... on Session { accessToken }');

  test('is claimed for the user at a sign-up, by accounts on its own behalf', async () => {
    const { user } = await accounts.signUp({ cartId: 'cart-1' });
    expect(claimCart).toHaveBeenCalledExactlyOnceWith(
      { cartId: 'cart-1', userId: user.id },
      expect.objectContaining({
        viewer: expect.objectContaining({ kind: 'service', id: 'accounts' }),
        requestId: 'test',
      }),
    );
  });

  test('is claimed at a sign-in', async () => {
    const { id, email } = await accounts.newUser();
    expect((await signInWith(email, 'cart-2')).__typename).toBe('Session');
    expect(claimCart).toHaveBeenCalledExactlyOnceWith({ cartId: 'cart-2', userId: id }, expect.anything());
  });

  test('is not asked for when there is none, or when nobody is signed in', async () => {
    const { email } = await accounts.newUser();
    await signInWith(email, null);
    await signInWith(email, '');
    await accounts.mutate('signIn', { email, password: 'a red bicycle', cartId: 'cart-3' }, '');
    await accounts.signUp({ email, cartId: 'cart-3' });
    expect(claimCart).not.toHaveBeenCalled();
  });

  test.each([
    ['is unknown to orders', async () => ({ cartId: '' })],
    ['is refused by orders', () => Promise.reject(new Failure('not-found', 'There is no such cart'))],
    ['meets a fault of orders', () => Promise.reject(new Error('out of order'))],
  ])('does not stop a sign-in when it %s', async (_, answer) => {
    claimCart.mockImplementation(answer);
    const { email } = await accounts.newUser();
    expect((await signInWith(email, 'cart-4')).__typename).toBe('Session');
    expect(claimCart).toHaveBeenCalled();
  });

  test('does not hold a sign-in up for more than a second when orders does not answer', async () => {
    claimCart.mockImplementation(() => sleep(20_000, { cartId: '' }, { ref: false }));
    const { email } = await accounts.newUser();
    expect((await signInWith(email, 'cart-5')).__typename).toBe('Session');
    // The call is repeated after each second without an answer; the sign-in does not wait for the end of that.
    expect(claimCart.mock.calls.length).toBeLessThan(3);
  });
});

test('signing in works where orders does not run', async () => {
  const accounts = await startAccounts();
  expect((await accounts.signUp({ cartId: 'cart-1' })).__typename).toBe('Session');
  await accounts.stop();
});
