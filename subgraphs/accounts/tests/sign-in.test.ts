import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { argon2Hasher } from '../src/passwords/argon2-hasher.ts';
import { User } from '../src/users/user.entity.ts';
import { newEmail, password, startAccounts, type TestAccounts } from './start-accounts.ts';

const quarterHourMs = 15 * 60_000;

describe.each(databaseEngines)('signing in on $engine', ({ freshUrl }) => {
  const hasher = argon2Hasher({ memoryKib: 8, iterations: 1 });
  const passwords = { ...hasher, hash: vi.fn(hasher.hash), verify: vi.fn(hasher.verify) };
  let accounts: TestAccounts;
  beforeAll(async () => {
    accounts = await startAccounts(
      { databaseUrl: freshUrl(), environment: { SIGN_IN_MAX_ATTEMPTS_PER_CLIENT: '6' } },
      { passwords },
    );
  });
  afterAll(() => accounts.stop());
  beforeEach(() => {
    vi.clearAllMocks();
  });
  const from = (clientAddress: string) => ({ clientAddress });

  test('starts a session for whoever knows the password, in whatever letter case they write the address', async () => {
    const { id, email } = await accounts.newUser();
    const session = await accounts.signIn(` ${email.toUpperCase()} `);
    expect(session).toMatchObject({ __typename: 'Session', expiresIn: 900, user: { id, email } });
  });

  test('says the same, and does the same work, for a wrong password, an unknown address and none at all', async () => {
    const { email } = await accounts.newUser();
    const results = [];
    for (const address of [email, newEmail(), 'no address', 'nul\u0000@stoa.example']) {
      passwords.verify.mockClear();
      passwords.hash.mockClear();
      results.push(await accounts.signIn(address, 'a red bicycle'));
      expect(passwords.verify).toHaveBeenCalledTimes(1);
      expect(passwords.hash).not.toHaveBeenCalled();
      // The hash that was worked on is as dear in each case.
      expect(passwords.verify.mock.calls[0]?.[0]).toMatch(
        /^\$argon2id\$v=19\$m=8,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/,
      );
    }
    expect(results).toEqual(Array(4).fill(results[0]));
    expect(results[0]).toEqual({
      __typename: 'InvalidCredentialsError',
      code: 'INVALID_CREDENTIALS',
      message: 'There is no account with this e-mail address and password',
    });
  });

  test('asks the database as often for an unknown address as for a wrong password', async () => {
    const { email } = await accounts.newUser();
    const wrong = await accounts.statementsOf(() => accounts.signIn(email, 'a red bicycle'));
    const unknown = await accounts.statementsOf(() => accounts.signIn(newEmail(), 'a red bicycle'));
    const withoutAddresses = (statements: readonly string[]) =>
      statements.map((statement) => statement.replace(/'[^']*@stoa\.example'/, "'…'"));
    expect(withoutAddresses(unknown)).toEqual(withoutAddresses(wrong));
  });

  test.each([
    ['an account', async () => (await accounts.newUser()).email],
    ['no account', async () => newEmail()],
  ])('stops after five failures with an address that has %s', async (_, address) => {
    const email = await address();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect((await accounts.signIn(email, 'a red bicycle')).__typename).toBe('InvalidCredentialsError');
    }
    accounts.clock.advance(60_000);
    passwords.verify.mockClear();
    const { data } = await accounts.query(
      `mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) {
        __typename ... on TooManyAttemptsError { code message retryAfterSeconds } } }`,
      { email: email.toUpperCase(), password },
    );
    expect(data.signIn).toEqual({
      __typename: 'TooManyAttemptsError',
      code: 'TOO_MANY_ATTEMPTS',
      message: 'Too many attempts: try again in 840 seconds',
      retryAfterSeconds: 840,
    });
    expect(passwords.verify).not.toHaveBeenCalled();
    accounts.clock.advance(quarterHourMs);
    expect((await accounts.signIn(email, 'a red bicycle')).__typename).toBe('InvalidCredentialsError');
  });

  test('lets no more than five guesses through, however many come at once', async () => {
    const email = newEmail();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => accounts.signIn(email, 'a red bicycle')),
    );
    expect(results.filter(({ __typename }) => __typename === 'InvalidCredentialsError')).toHaveLength(5);
    expect(passwords.verify).toHaveBeenCalledTimes(5);
  });

  test('forgets the failures with an address when somebody signs in', async () => {
    const { email } = await accounts.newUser();
    for (let round = 1; round <= 3; round += 1) {
      for (let attempt = 1; attempt <= 4; attempt += 1) await accounts.signIn(email, 'a red bicycle');
      expect((await accounts.signIn(email)).__typename).toBe('Session');
    }
  });

  test('stops a client that guesses at many addresses, and no other client', async () => {
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      expect((await accounts.signIn(newEmail(), 'a guess', from('192.0.2.1'))).__typename).toBe(
        'InvalidCredentialsError',
      );
    }
    const { email } = await accounts.newUser();
    expect((await accounts.signIn(email, password, from('192.0.2.1'))).__typename).toBe(
      'TooManyAttemptsError',
    );
    expect((await accounts.signIn(email, password, from('192.0.2.2'))).__typename).toBe('Session');
  });

  test('does not let a client clear its count by signing in to an account of its own', async () => {
    const { email } = await accounts.newUser();
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      expect((await accounts.signIn(email, password, from('192.0.2.3'))).__typename).toBe('Session');
      await accounts.signIn(newEmail(), 'a guess', from('192.0.2.3'));
    }
    expect((await accounts.signIn(email, password, from('192.0.2.3'))).__typename).toBe(
      'TooManyAttemptsError',
    );
  });

  test('keeps neither addresses nor clients in the counts', async () => {
    const email = newEmail();
    await accounts.signIn(email, 'a red bicycle', from('192.0.2.4'));
    const rows = await accounts.subgraph.database.em.getConnection().execute('select * from attempt_window');
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${email}|192\\.0\\.2`));
  });

  test('sweeps counts that are over', async () => {
    for (let attempt = 1; attempt <= 3; attempt += 1) await accounts.signIn(newEmail(), 'a red bicycle');
    accounts.clock.advance(quarterHourMs);
    await accounts.signIn(newEmail(), 'a red bicycle');
    const rows = await accounts.subgraph.database.em.getConnection().execute('select * from attempt_window');
    expect(rows).toHaveLength(1);
  });

  test('makes the hash anew when it was made at another cost', async () => {
    const { id, email } = await accounts.newUser();
    const em = accounts.subgraph.database.em.fork();
    const dearer = await argon2Hasher({ memoryKib: 16, iterations: 1 }).hash(password);
    await em.nativeUpdate(User, { id }, { passwordHash: dearer });
    expect((await accounts.signIn(email)).__typename).toBe('Session');
    expect((await em.findOneOrFail(User, { id })).passwordHash).toContain('m=8,t=1,p=1');
    expect((await accounts.signIn(email)).__typename).toBe('Session');
  });
});

test('the limits of attempts are settings', async () => {
  const accounts = await startAccounts({
    environment: { SIGN_IN_MAX_ATTEMPTS: '1', SIGN_IN_WINDOW_SECONDS: '10' },
  });
  const email = newEmail();
  expect((await accounts.signIn(email)).__typename).toBe('InvalidCredentialsError');
  expect((await accounts.signIn(email)).__typename).toBe('TooManyAttemptsError');
  accounts.clock.advance(10_000);
  expect((await accounts.signIn(email)).__typename).toBe('InvalidCredentialsError');
  await accounts.stop();
});
