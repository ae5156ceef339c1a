import { setTimeout as sleep } from 'node:timers/promises';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newEmail, password, startAccounts, type TestAccounts, viewerWith } from './start-accounts.ts';

const newPassword = 'a green tandem';
const failure = '... on UserError { code message }';

describe.each(databaseEngines)('a password on $engine', ({ freshUrl }) => {
  let accounts: TestAccounts;
  beforeAll(async () => {
    accounts = await startAccounts({ databaseUrl: freshUrl() });
  });
  afterAll(() => accounts.stop());

  describe('that was forgotten', () => {
    const request = (email: string) =>
      accounts.mutate(
        'requestPasswordReset',
        { email },
        `${failure} ... on PasswordResetRequested { email expiresIn } ... on InvalidInputError { field }`,
      );
    const reset = (token: string, to = newPassword) =>
      accounts.mutate(
        'resetPassword',
        { token, password: to },
        `${failure} ... on PasswordChanged { endedSessions } ... on WeakPasswordError { rule }`,
      );
    const tokenFor = async (email: string, count = 1) => {
      await request(email);
      return accounts.tokenFor(email, 'reset-password', count);
    };
    const invalid = { __typename: 'InvalidTokenError', code: 'INVALID_TOKEN' };

    test('is replaced by the link in a letter, which ends all sessions', async () => {
      const { email, session } = await accounts.newUser();
      await accounts.signIn(email);
      const token = await tokenFor(email.toUpperCase().toLowerCase());
      expect(await reset(token)).toEqual({ __typename: 'PasswordChanged', endedSessions: 2 });
      expect((await accounts.signIn(email, newPassword)).__typename).toBe('Session');
      expect((await accounts.signIn(email, password)).__typename).toBe('InvalidCredentialsError');
      expect((await accounts.refresh(session.refreshToken)).__typename).toBe('InvalidTokenError');
    });

    test('gets the same answer for an unknown address, and no letter', async () => {
      const { email } = await accounts.newUser();
      const unknown = newEmail();
      expect(await request(unknown)).toEqual({ ...(await request(email)), email: unknown });
      await accounts.tokenFor(email, 'reset-password');
      expect(accounts.letters.filter(({ to }) => to === unknown)).toEqual([]);
    });

    test('is not asked for with something that is no address', async () => {
      expect(await request('ada')).toMatchObject({ __typename: 'InvalidInputError', field: 'input.email' });
    });

    test('is replaced once by a link', async () => {
      const { email } = await accounts.newUser();
      const token = await tokenFor(email);
      const results = await Promise.all([reset(token), reset(token), reset(token)]);
      expect(results.filter(({ __typename }) => __typename === 'PasswordChanged')).toHaveLength(1);
      expect(await reset(token, 'yet another one')).toMatchObject(invalid);
      expect((await accounts.signIn(email, newPassword)).__typename).toBe('Session');
    });

    test('is not replaced by a link that is an hour old, or whose password was changed since', async () => {
      const { email } = await accounts.newUser();
      const old = await tokenFor(email);
      accounts.clock.advance(3_600_000);
      expect(await reset(old)).toMatchObject(invalid);
      const [second, third] = [await tokenFor(email, 2), await tokenFor(email, 3)];
      expect((await reset(third)).__typename).toBe('PasswordChanged');
      expect(await reset(second, 'yet another one')).toMatchObject(invalid);
    });

    test.each(['', 'nonsense', 'nul\u0000'])('is not replaced by the token %j', async (token) => {
      expect(await reset(token)).toMatchObject(invalid);
    });

    test('is not replaced by the link that verifies the address', async () => {
      const { email } = await accounts.newUser();
      expect(await reset(await accounts.tokenFor(email, 'verify-email'))).toMatchObject(invalid);
    });

    test('is not replaced by a weak one, and the link stays good', async () => {
      const { email } = await accounts.newUser();
      const token = await tokenFor(email);
      expect(await reset(token, 'short')).toMatchObject({
        __typename: 'WeakPasswordError',
        rule: 'MINIMUM_LENGTH',
      });
      expect(await reset(token, email)).toMatchObject({
        __typename: 'WeakPasswordError',
        rule: 'NOT_THE_EMAIL',
      });
      expect((await reset(token)).__typename).toBe('PasswordChanged');
    });

    test('lets one sign in at once whom too many failures had stopped', async () => {
      const { email } = await accounts.newUser();
      for (let attempt = 1; attempt <= 6; attempt += 1) await accounts.signIn(email, 'a red bicycle');
      await reset(await tokenFor(email));
      expect((await accounts.signIn(email, newPassword)).__typename).toBe('Session');
    });

    test('fills nobody’s mailbox: after five letters in a quarter of an hour no more are sent', async () => {
      const { email } = await accounts.newUser();
      for (let attempt = 1; attempt <= 8; attempt += 1) expect((await request(email)).code).toBeUndefined();
      const resets = () =>
        accounts.letters.filter(({ to, text }) => to === email && text.includes('/reset-password'));
      await vi.waitFor(() => expect(resets()).toHaveLength(5));
      accounts.clock.advance(900_000);
      await request(email);
      await vi.waitFor(() => expect(resets()).toHaveLength(6));
    });

    test('is kept in no table as a token that works', async () => {
      const { email } = await accounts.newUser();
      const token = await tokenFor(email);
      const links = await accounts.subgraph.database.em.getConnection().execute('select * from mailed_link');
      expect(JSON.stringify(links)).not.toContain(token);
    });
  });

  describe('that is known', () => {
    const change = (input: object, as: Parameters<TestAccounts['query']>[2]) =>
      accounts.mutate(
        'changePassword',
        { currentPassword: password, newPassword, ...input },
        `${failure} ... on PasswordChanged { endedSessions } ... on WeakPasswordError { rule } ... on TooManyAttemptsError { retryAfterSeconds }`,
        as,
      );

    test('is changed, which ends the other sessions and leaves this one', async () => {
      const { email, viewer, session } = await accounts.newUser();
      const other = await accounts.signIn(email);
      expect(await change({}, viewer)).toEqual({ __typename: 'PasswordChanged', endedSessions: 1 });
      expect((await accounts.refresh(session.refreshToken)).__typename).toBe('Session');
      expect((await accounts.refresh(other.refreshToken)).__typename).toBe('InvalidTokenError');
      expect((await accounts.signIn(email, newPassword)).__typename).toBe('Session');
      expect((await accounts.signIn(email)).__typename).toBe('InvalidCredentialsError');
    });

    test('makes links that were mailed before worthless when it is changed', async () => {
      const { email, viewer } = await accounts.newUser();
      await accounts.mutate('requestPasswordReset', { email }, '');
      const token = await accounts.tokenFor(email, 'reset-password');
      await change({}, viewer);
      const { __typename } = await accounts.mutate('resetPassword', { token, password: 'of the thief' }, '');
      expect(__typename).toBe('InvalidTokenError');
    });

    test('is not changed by whoever does not know it, and guesses are few', async () => {
      const { email, viewer } = await accounts.newUser();
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        expect(await change({ currentPassword: 'a red bicycle' }, viewer)).toMatchObject({
          __typename: 'InvalidCredentialsError',
          code: 'INVALID_CREDENTIALS',
        });
      }
      expect(await change({}, viewer)).toMatchObject({
        __typename: 'TooManyAttemptsError',
        retryAfterSeconds: 900,
      });
      expect((await accounts.signIn(email)).__typename).toBe('Session');
    });

    test('is not changed to a weak one', async () => {
      const { email, viewer } = await accounts.newUser();
      expect(await change({ newPassword: 'password1234' }, viewer)).toMatchObject({ rule: 'NOT_COMMON' });
      expect((await accounts.signIn(email)).__typename).toBe('Session');
    });

    test('is not a guest’s to change, nor that of somebody who is gone', async () => {
      const document = `mutation { changePassword(input: { currentPassword: "a", newPassword: "${newPassword}" }) { __typename } }`;
      for (const viewer of [undefined, viewerWith(crypto.randomUUID())]) {
        const { errors } = await accounts.query(document, {}, viewer);
        expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      }
    });
  });
});

test('a forgotten password gets an answer that waits for nothing the account could show by', async () => {
  const accounts = await startAccounts();
  const { email } = await accounts.newUser();
  // SQLite has one connection: while this transaction holds it, whatever asks the database has to wait.
  await accounts.subgraph.database.em.fork().transactional(async () => {
    const answer = accounts.mutate('requestPasswordReset', { email }, '');
    const late = sleep(2_000, { __typename: 'too late' });
    expect((await Promise.race([answer, late])).__typename).toBe('PasswordResetRequested');
  });
  await accounts.tokenFor(email, 'reset-password');
  await accounts.stop();
});
