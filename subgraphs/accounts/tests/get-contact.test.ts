import { type CallContext, guest, serviceContext, type Viewer } from '@stoa/identity';
import { createDirectory, type LocalServices, localServices } from '@stoa/rpc';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountsRpc } from '../src/rpc/client.ts';
import { type SignedUp, startAccounts, type TestAccounts, viewerWith } from './start-accounts.ts';

const orders = serviceContext('orders', 'test');

describe.each(databaseEngines)('GetContact on $engine', ({ freshUrl }) => {
  let services: LocalServices;
  let accounts: TestAccounts;
  let ada: SignedUp;
  beforeAll(async () => {
    services = localServices();
    accounts = await startAccounts({ databaseUrl: freshUrl(), services });
    ada = await accounts.newUser();
  });
  afterAll(() => accounts.stop());

  const contactOf = async (userId: string, call: CallContext = orders) => {
    const { contextSecret } = accounts;
    const directory = createDirectory({ contextSecret, transportTo: services.transportTo });
    const { email, emailVerified } = await directory.client(accountsRpc, call).getContact({ userId });
    return { email, emailVerified };
  };

  test('tells a service the address of a user, and whether it is verified', async () => {
    expect(await contactOf(ada.id)).toEqual({ email: ada.email, emailVerified: false });
    const token = await accounts.tokenFor(ada.email, 'verify-email');
    expect(await accounts.mutate('verifyEmail', { token }, '')).toMatchObject({
      __typename: 'EmailVerified',
    });
    expect(await contactOf(ada.id)).toEqual({ email: ada.email, emailVerified: true });
  });

  test.each([crypto.randomUUID(), 'no id', 'nul\u0000', ''])('finds nobody with the id %j', async (id) => {
    await expect(contactOf(id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test.each<[string, () => Viewer]>([
    ['a guest', () => guest],
    ['the user', () => ada.viewer],
    ['the staff', () => viewerWith(crypto.randomUUID(), 'STAFF')],
  ])('refuses a call that acts for %s', async (_, viewer) => {
    await expect(contactOf(ada.id, { ...orders, viewer: viewer() })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });
});
