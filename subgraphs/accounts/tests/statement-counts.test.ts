import { databaseEngines, fullScansOf } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, type SignedUp, startAccounts, type TestAccounts, viewerWith } from './start-accounts.ts';

const address = {
  recipient: 'Ada',
  line1: 'Main Street 1',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
};

const me = `{ me {
  id email name roles emailVerified
  addresses { id line1 } defaultShippingAddress { id } defaultBillingAddress { id }
} }`;

// What somebody who is signed in costs here, those statements that begin and end transactions among them.
describe.each(databaseEngines)('the statements of accounts on $engine', ({ freshUrl }) => {
  let accounts: TestAccounts;
  let ada: SignedUp;
  beforeAll(async () => {
    accounts = await startAccounts({ databaseUrl: freshUrl() });
    ada = await accounts.newUser();
    const added = await accounts.mutate('addAddress', address, '', ada.viewer);
    expect(added.__typename).toBe('Address');
  });
  afterAll(() => accounts.stop());

  const query = async (document: string, variables?: Record<string, unknown>) => {
    const { data, errors } = await accounts.query(document, variables, ada.viewer);
    expect(errors).toEqual([]);
    return data;
  };
  const signIn = () => accounts.signIn(ada.email, password, { clientAddress: '192.0.2.1' });
  const refresh = async () => {
    const { refreshToken } = await signIn();
    return async () => {
      const session = await accounts.refresh(refreshToken);
      expect(session.__typename).toBe('Session');
    };
  };
  const count = async (work: () => Promise<unknown>) => (await accounts.statementsOf(work)).length;

  it('are counted', async () => {
    expect({
      me: await count(() => query('{ me { id email name } }')),
      // Besides, the roles and the address book.
      'me with addresses': await count(() => query(me)),
      // Two attempts are counted, to the address and from the client, and taken back.
      signIn: await count(signIn),
      refreshSession: await count(await refresh()),
    }).toEqual({ me: 1, 'me with addresses': 3, signIn: 15, refreshSession: 10 });
  });

  it('find their rows by indexes', async () => {
    const trade = await refresh();
    // Signing keys are a few: those that tokens in use were signed with, and the next.
    const scans = await fullScansOf(accounts.subgraph.database, ['signing_key'], async () => {
      await query(me);
      await signIn();
      await signIn();
      await trade();
      const user = 'query ($id: ID!) { user(id: $id) { email roles } }';
      await accounts.query(user, { id: ada.id }, viewerWith('staff', 'STAFF'));
      await accounts.entities(
        [{ __typename: 'User', id: ada.id }],
        '... on User { email addresses { city } }',
        ada.viewer,
      );
      await accounts.signIn('nobody@stoa.example');
      await query('mutation { signOut { __typename } }');
    });
    expect(scans).toEqual([]);
  });
});
