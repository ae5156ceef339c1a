import { service, type Viewer } from '@stoa/identity';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SignedUp, startAccounts, type TestAccounts, viewerOf, viewerWith } from './start-accounts.ts';

describe.each(databaseEngines)('users on $engine', ({ freshUrl }) => {
  let accounts: TestAccounts;
  let ada: SignedUp;
  let bob: SignedUp;
  const staff = viewerWith(crypto.randomUUID(), 'STAFF');
  beforeAll(async () => {
    accounts = await startAccounts({ databaseUrl: freshUrl() });
    [ada, bob] = [await accounts.newUser(), await accounts.newUser()];
  });
  afterAll(() => accounts.stop());

  const emailsOf = async (ids: readonly string[], as?: Viewer) => {
    const { data, errors } = await accounts.entities(
      ids.map((id) => ({ __typename: 'User', id })),
      '... on User { email }',
      as,
    );
    expect(errors).toEqual([]);
    return data.map((user) => user?.email ?? null);
  };

  test('see themselves', async () => {
    const { data } = await accounts.query(
      '{ me { id email name roles emailVerified createdAt addresses { id } defaultShippingAddress { id } defaultBillingAddress { id } } }',
      {},
      ada.viewer,
    );
    expect(data.me).toEqual({
      id: ada.id,
      email: ada.email,
      name: 'Ada',
      roles: ['CUSTOMER'],
      emailVerified: false,
      createdAt: '2026-01-01T00:00:00.000Z',
      addresses: [],
      defaultShippingAddress: null,
      defaultBillingAddress: null,
    });
  });

  test.each([
    ['a guest', undefined],
    ['a user who is gone', viewerWith(crypto.randomUUID())],
    ['a developer who explores the subgraph', viewerWith('developer-of-accounts')],
    ['another service', service('orders')],
  ])('are nobody when the viewer is %s', async (_, viewer) => {
    expect(await accounts.query('{ me { id } }', {}, viewer)).toEqual({ data: { me: null }, errors: [] });
  });

  test('are found by id by the staff', async () => {
    const document = 'query ($id: ID!) { user(id: $id) { email } }';
    expect((await accounts.query(document, { id: ada.id }, staff)).data).toEqual({
      user: { email: ada.email },
    });
    for (const id of [crypto.randomUUID(), 'no id', 'nul\u0000']) {
      expect(await accounts.query(document, { id }, staff)).toEqual({ data: { user: null }, errors: [] });
    }
  });

  test.each([
    ['UNAUTHENTICATED', 'a guest', () => undefined],
    ['FORBIDDEN', 'a customer, even themselves', () => ada.viewer],
  ])('are not found by id: %s for %s', async (code, _, viewer) => {
    const { data, errors } = await accounts.query(
      'query ($id: ID!) { user(id: $id) { email } }',
      { id: ada.id },
      viewer(),
    );
    expect(data).toEqual({ user: null });
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });

  test('are resolved for other subgraphs as far as the viewer may see them', async () => {
    const ids = [bob.id, crypto.randomUUID(), ada.id, 'no id'];
    expect(await emailsOf(ids, ada.viewer)).toEqual([null, null, ada.email, null]);
    expect(await emailsOf(ids, staff)).toEqual([bob.email, null, ada.email, null]);
    expect(await emailsOf(ids)).toEqual([null, null, null, null]);
    expect(await emailsOf(ids, service('orders'))).toEqual([null, null, null, null]);
  });

  test('are read with one query each for users, roles and addresses, however many they are', async () => {
    const users = await Promise.all(Array.from({ length: 10 }, () => accounts.newUser()));
    const representations = users.map(({ id }) => ({ __typename: 'User', id }));
    const select = '... on User { email roles addresses { id } defaultShippingAddress { id } }';
    const statements = await accounts.statementsOf(async () => {
      const { data } = await accounts.entities(representations, select, staff);
      expect(data.map((user) => user?.email)).toEqual(users.map(({ email }) => email));
    });
    expect(statements).toHaveLength(3);
    expect(
      await accounts.statementsOf(() =>
        emailsOf(
          users.map(({ id }) => id),
          staff,
        ),
      ),
    ).toHaveLength(1);
  });

  describe('who change their profile', () => {
    const update = (input: object, as: Viewer | undefined) =>
      accounts.mutate(
        'updateProfile',
        input,
        '... on User { id name email } ... on InvalidInputError { code field message }',
        as,
      );

    test('get another name, and keep the rest', async () => {
      expect(await update({ name: '  Ada, Countess of Lovelace ' }, ada.viewer)).toEqual({
        __typename: 'User',
        id: ada.id,
        email: ada.email,
        name: 'Ada, Countess of Lovelace',
      });
      expect(await update({}, ada.viewer)).toMatchObject({ name: 'Ada, Countess of Lovelace' });
    });

    test.each([[''], [null], ['a'.repeat(101)]])('do not get the name %j', async (name) => {
      const before = await update({}, bob.viewer);
      expect(await update({ name }, bob.viewer)).toMatchObject({
        __typename: 'InvalidInputError',
        code: 'INVALID_INPUT',
        field: 'input.name',
      });
      expect(await update({}, bob.viewer)).toEqual(before);
    });

    test('see each change in its own answer when there are two in one operation', async () => {
      const { data } = await accounts.query(
        `mutation {
          one: updateProfile(input: { name: "One" }) { ... on User { name addresses { city } } }
          addAddress(input: { recipient: "A", line1: "1", city: "Bath", country: "GB" }) { __typename }
          two: updateProfile(input: { name: "Two" }) { ... on User { name addresses { city } } }
        }`,
        {},
        bob.viewer,
      );
      expect(data).toMatchObject({
        one: { name: 'One', addresses: [] },
        two: { name: 'Two', addresses: [{ city: 'Bath' }] },
      });
    });

    test('have signed in', async () => {
      await expect(update({ name: 'Nobody' }, undefined)).rejects.toThrow('Sign in first');
      await expect(update({ name: 'Nobody' }, viewerWith(crypto.randomUUID()))).rejects.toThrow(
        'Sign in again',
      );
    });
  });

  describe('whose roles are set', () => {
    const admin = viewerWith(crypto.randomUUID(), 'STAFF', 'ADMIN');
    const set = (userId: string, roles: readonly string[], as: Viewer | undefined = admin) =>
      accounts.mutate(
        'setUserRoles',
        { userId, roles },
        '... on User { id roles } ... on UserError { code message }',
        as,
      );

    test('have the lower ones too, in the next access token and after', async () => {
      const { id, email, session } = await accounts.newUser();
      expect(await set(id, ['STAFF'])).toEqual({ __typename: 'User', id, roles: ['CUSTOMER', 'STAFF'] });
      const refreshed = await accounts.refresh(session.refreshToken);
      expect(refreshed.user.roles).toEqual(['CUSTOMER', 'STAFF']);
      expect(viewerOf(refreshed.accessToken).roles).toEqual(['CUSTOMER', 'STAFF']);
      expect(await set(id, [])).toMatchObject({ roles: ['CUSTOMER'] });
      expect(viewerOf((await accounts.signIn(email)).accessToken).roles).toEqual(['CUSTOMER']);
    });

    test.each([
      ['a guest', 'Sign in first', undefined],
      ['a customer', 'This needs the role ADMIN', viewerWith(crypto.randomUUID())],
      ['the staff', 'This needs the role ADMIN', staff],
    ])('do not have them from %s', async (_, message, viewer) => {
      const { errors } = await accounts.query(
        'mutation ($id: ID!) { setUserRoles(input: { userId: $id, roles: [ADMIN] }) { __typename } }',
        { id: bob.id },
        viewer,
      );
      expect(errors).toMatchObject([{ message: expect.stringContaining(message) }]);
      expect((await accounts.query('{ me { roles } }', {}, bob.viewer)).data).toEqual({
        me: { roles: ['CUSTOMER'] },
      });
    });

    test('are shown as each change left them when there are two in one operation', async () => {
      const { id } = await accounts.newUser();
      const { data } = await accounts.query(
        `mutation ($id: ID!) {
          one: setUserRoles(input: { userId: $id, roles: [STAFF] }) { ... on User { roles } }
          two: setUserRoles(input: { userId: $id, roles: [] }) { ... on User { roles } }
        }`,
        { id },
        admin,
      );
      expect(data).toEqual({ one: { roles: ['CUSTOMER', 'STAFF'] }, two: { roles: ['CUSTOMER'] } });
    });

    test('exist', async () => {
      for (const id of [crypto.randomUUID(), 'no id', 'nul\u0000']) {
        expect(await set(id, ['STAFF'])).toMatchObject({
          __typename: 'UserNotFoundError',
          code: 'USER_NOT_FOUND',
        });
      }
    });

    test('are not the last administrator, stepping down', async () => {
      const { id } = await accounts.newUser();
      await set(id, ['ADMIN']);
      const self = viewerWith(id, 'STAFF', 'ADMIN');
      expect(await set(id, ['STAFF'], self)).toMatchObject({
        __typename: 'InvalidInputError',
        code: 'INVALID_INPUT',
      });
      expect(await set(id, ['ADMIN'], self)).toMatchObject({ roles: ['CUSTOMER', 'STAFF', 'ADMIN'] });
    });
  });
});
