import { OutboxEvent } from '@stoa/events';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { User } from '../src/users/user.entity.ts';
import { newEmail, password, startAccounts, type TestAccounts } from './start-accounts.ts';

describe.each(databaseEngines)('signing up on $engine', ({ freshUrl }) => {
  let accounts: TestAccounts;
  beforeAll(async () => {
    accounts = await startAccounts({ databaseUrl: freshUrl() });
  });
  afterAll(() => accounts.stop());
  const em = () => accounts.subgraph.database.em.fork();

  test('makes a customer and signs them in', async () => {
    const email = newEmail();
    const session = await accounts.signUp({ email: `  ${email} `, name: ' Ada Lovelace ' });
    expect(session).toEqual({
      __typename: 'Session',
      accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      expiresIn: 900,
      user: {
        id: expect.any(String),
        email,
        name: 'Ada Lovelace',
        roles: ['CUSTOMER'],
        emailVerified: false,
        createdAt: '2026-01-01T00:00:00.000Z',
      },
    });
    expect((await accounts.signIn(email)).__typename).toBe('Session');
  });

  test('keeps every sign of an address and a name as it was typed', async () => {
    const email = `who?'o$1{}%|~+${newEmail()}`;
    const name = `Ada "?" O'Brien \\ \\? :x $1 😀`;
    const session = await accounts.signUp({ email, name });
    expect(session.user).toMatchObject({ email, name });
    expect((await accounts.signIn(email)).user).toMatchObject({ email, name });
    expect((await accounts.signUp({ email })).__typename).toBe('EmailTakenError');
  });

  test('records the event with the user', async () => {
    const { id } = await accounts.newUser();
    expect(await em().find(OutboxEvent, { aggregateId: id })).toMatchObject([
      { type: 'accounts.user-signed-up.v1', payload: { userId: id }, requestId: 'test' },
    ]);
  });

  test('keeps the password as an Argon2id hash, and the refresh token as a digest', async () => {
    const { id, session } = await accounts.newUser();
    const { passwordHash } = await em().findOneOrFail(User, { id });
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$/);
    const tokens: unknown = await accounts.subgraph.database.em
      .getConnection()
      .execute('select * from refresh_token');
    expect(JSON.stringify(tokens)).not.toContain(session.refreshToken);
  });

  test('refuses an address that has an account, in whatever letter case', async () => {
    const { email } = await accounts.newUser();
    expect(await accounts.signUp({ email: email.toUpperCase() })).toMatchObject({
      __typename: 'EmailTakenError',
      code: 'EMAIL_TAKEN',
      email: email.toUpperCase(),
    });
  });

  test('lets one of two have an address that both ask for at once', async () => {
    const email = newEmail();
    const results = await Promise.all([
      accounts.signUp({ email }),
      accounts.signUp({ email }),
      accounts.signUp({ email }),
    ]);
    expect(results.map(({ __typename }) => __typename).sort()).toEqual([
      'EmailTakenError',
      'EmailTakenError',
      'Session',
    ]);
    expect(await em().count(User, { email })).toBe(1);
  });

  test.each([
    ['too short', 'nine char', 'MINIMUM_LENGTH'],
    ['too long', 'ab'.repeat(101), 'MAXIMUM_LENGTH'],
    ['common', 'qwertyuiop', 'NOT_COMMON'],
  ])('refuses a password that is %s, and makes nothing', async (_, weak, rule) => {
    const email = newEmail();
    const letters = accounts.letters.length;
    expect(await accounts.signUp({ email, password: weak })).toMatchObject({
      __typename: 'WeakPasswordError',
      code: 'WEAK_PASSWORD',
      rule,
      minimumLength: 10,
      maximumLength: 200,
    });
    expect(await em().count(User, { email })).toBe(0);
    expect(accounts.letters).toHaveLength(letters);
  });

  test('refuses the address as its own password', async () => {
    const email = newEmail();
    expect(await accounts.signUp({ email, password: email })).toMatchObject({ rule: 'NOT_THE_EMAIL' });
  });

  test.each([
    [
      'input.email',
      { email: 'ada at stoa' },
      'Expected an e-mail address such as ada@example.com, found "ada at stoa"',
    ],
    ['input.email', { email: 'ada\u0000@stoa.example' }, 'Expected an e-mail address'],
    ['input.name', { name: '  ' }, 'Expected a name of from 1 to 100 characters on one line, found "  "'],
    ['input.name', { name: 'a'.repeat(101) }, 'Expected a name'],
    ['input.name', { name: 'Ada\nBcc: all@stoa.example' }, 'Expected a name'],
  ])('refuses a bad %s: %j', async (field, input, message) => {
    const before = await em().count(User);
    const result = await accounts.signUp(input);
    expect(result).toMatchObject({ __typename: 'InvalidInputError', code: 'INVALID_INPUT', field });
    expect(result.message).toContain(message);
    expect(await em().count(User)).toBe(before);
  });

  test('does not show a wrong value of the password type to anybody', async () => {
    const { errors } = await accounts.query(
      'mutation { signUp(input: { email: "a@b.example", name: "A" }) { __typename } }',
    );
    expect(errors[0]?.message).toContain('password');
    const { data } = await accounts.query('{ __type(name: "User") { fields { name } } }');
    expect(data.__type.fields.map(({ name }: { name: string }) => name)).not.toContain('passwordHash');
  });

  test('mails a link to the address, in words of our own', async () => {
    const email = newEmail();
    await accounts.signUp({ email, name: 'WIN A PRIZE' });
    await accounts.tokenFor(email, 'verify-email');
    const [letter, ...others] = accounts.letters.filter(({ to }) => to === email);
    expect(letter?.text).not.toContain('WIN A PRIZE');
    expect(others).toEqual([]);
  });

  test('does not fail when the letter cannot be sent', async () => {
    const broken = {
      send: async () => Promise.reject(new Error('The mail server is away')),
      close: () => {},
    };
    const other = await startAccounts({ databaseUrl: freshUrl() }, { mail: broken });
    expect((await other.signUp({ password })).__typename).toBe('Session');
    await other.stop();
  });
});
