import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { User } from '../src/users/user.entity.ts';
import { startAccounts, type TestAccounts, viewerOf, viewerWith } from './start-accounts.ts';

describe.each(databaseEngines)('a session on $engine', ({ freshUrl }) => {
  let accounts: TestAccounts;
  beforeAll(async () => {
    accounts = await startAccounts({ databaseUrl: freshUrl() });
  });
  afterAll(() => accounts.stop());

  const reused = { __typename: 'InvalidTokenError', code: 'REFRESH_TOKEN_REUSED' };
  const invalid = { __typename: 'InvalidTokenError', code: 'INVALID_TOKEN' };
  const signOut = (input: object, as: Parameters<TestAccounts['query']>[2]) =>
    accounts.mutate('signOut', input, '... on SignedOut { endedSessions }', as);

  test('goes on with a new pair of tokens for each refresh token, for the same user', async () => {
    const { id, viewer, session } = await accounts.newUser();
    const second = await accounts.refresh(session.refreshToken);
    expect(second).toMatchObject({ __typename: 'Session', expiresIn: 900, user: { id } });
    expect(second.refreshToken).not.toBe(session.refreshToken);
    expect(second.accessToken).not.toBe(session.accessToken);
    expect(viewerOf(second.accessToken).sessionId).toBe(viewer.sessionId);
    expect((await accounts.refresh(second.refreshToken)).__typename).toBe('Session');
  });

  test('ends when a used token comes back, also for whoever holds the newest one', async () => {
    const { session } = await accounts.newUser();
    const second = await accounts.refresh(session.refreshToken);
    const third = await accounts.refresh(second.refreshToken);
    expect(await accounts.refresh(session.refreshToken)).toMatchObject(reused);
    expect(await accounts.refresh(third.refreshToken)).toMatchObject(invalid);
  });

  test('ends alone: other sessions of the user go on', async () => {
    const { email, session } = await accounts.newUser();
    const other = await accounts.signIn(email);
    await accounts.refresh(session.refreshToken);
    await accounts.refresh(session.refreshToken);
    expect((await accounts.refresh(other.refreshToken)).__typename).toBe('Session');
  });

  test('lets exactly one of many refreshes with one token through, and ends', async () => {
    const { session } = await accounts.newUser();
    const results = await Promise.all(
      Array.from({ length: 8 }, () => accounts.refresh(session.refreshToken)),
    );
    const through = results.filter(({ __typename }) => __typename === 'Session');
    expect(through).toHaveLength(1);
    expect(results.some(({ code }) => code === 'REFRESH_TOKEN_REUSED')).toBe(true);
    expect(await accounts.refresh(through[0]?.refreshToken)).toMatchObject(invalid);
  });

  test.each(['', 'nonsense', 'nul\u0000', 'A'.repeat(43), 'x'.repeat(10_000)])(
    'is not opened by the token %j',
    async (token) => {
      expect(await accounts.refresh(token)).toMatchObject(invalid);
    },
  );

  test('is not opened by an access token', async () => {
    const { session } = await accounts.newUser();
    expect(await accounts.refresh(session.accessToken)).toMatchObject(invalid);
  });

  test('lasts thirty days from the sign-in, refreshed or not', async () => {
    const { session } = await accounts.newUser();
    accounts.clock.advance(30 * 86_400_000 - 1000);
    const second = await accounts.refresh(session.refreshToken);
    expect(second.__typename).toBe('Session');
    accounts.clock.advance(1000);
    expect(await accounts.refresh(second.refreshToken)).toMatchObject(invalid);
  });

  test('is forgotten after its time, when the user signs in again', async () => {
    const { id, email } = await accounts.newUser();
    accounts.clock.advance(31 * 86_400_000);
    await accounts.signIn(email);
    const connection = accounts.subgraph.database.em.getConnection();
    expect(await connection.execute('select id from session where user_id = ?', [id])).toHaveLength(1);
  });

  test('ends at a sign-out, while the others go on', async () => {
    const { email, session, viewer } = await accounts.newUser();
    const other = await accounts.signIn(email);
    expect(await signOut({}, viewer)).toEqual({ __typename: 'SignedOut', endedSessions: 1 });
    expect(await accounts.refresh(session.refreshToken)).toMatchObject(invalid);
    expect(await signOut({}, viewer)).toMatchObject({ endedSessions: 0 });
    expect((await accounts.refresh(other.refreshToken)).__typename).toBe('Session');
  });

  test('needs no input to end', async () => {
    const { session, viewer } = await accounts.newUser();
    const { data } = await accounts.query(
      'mutation { signOut { ... on SignedOut { endedSessions } } }',
      {},
      viewer,
    );
    expect(data.signOut).toEqual({ endedSessions: 1 });
    expect(await accounts.refresh(session.refreshToken)).toMatchObject(invalid);
  });

  test('ends with all the others at a sign-out everywhere, and nobody else’s with them', async () => {
    const stranger = await accounts.newUser();
    const { email, session, viewer } = await accounts.newUser();
    const other = await accounts.signIn(email);
    expect(await signOut({ everywhere: true }, viewer)).toMatchObject({ endedSessions: 2 });
    for (const token of [session.refreshToken, other.refreshToken]) {
      expect(await accounts.refresh(token)).toMatchObject(invalid);
    }
    expect((await accounts.refresh(stranger.session.refreshToken)).__typename).toBe('Session');
  });

  test('of somebody else cannot be ended by its id', async () => {
    const victim = await accounts.newUser();
    const thief = await accounts.newUser();
    const forged = { ...thief.viewer, sessionId: victim.viewer.sessionId };
    expect(await signOut({}, forged)).toMatchObject({ endedSessions: 0 });
    expect((await accounts.refresh(victim.session.refreshToken)).__typename).toBe('Session');
  });

  test('is not there for a guest to end', async () => {
    const { errors } = await accounts.query('mutation { signOut { __typename } }');
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await signOut({}, viewerWith('developer-of-accounts'))).toMatchObject({ endedSessions: 0 });
  });

  test('goes with its user', async () => {
    const { id, session } = await accounts.newUser();
    await accounts.subgraph.database.em.fork().nativeDelete(User, { id });
    expect(await accounts.refresh(session.refreshToken)).toMatchObject(invalid);
  });
});
