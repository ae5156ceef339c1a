import { OutboxEvent } from '@stoa/events';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAccounts, type TestAccounts } from './start-accounts.ts';

describe.each(databaseEngines)('verifying an e-mail address on $engine', ({ freshUrl }) => {
  let accounts: TestAccounts;
  beforeAll(async () => {
    accounts = await startAccounts({ databaseUrl: freshUrl() });
  });
  afterAll(() => accounts.stop());

  const verify = (token: string) =>
    accounts.mutate(
      'verifyEmail',
      { token },
      '... on EmailVerified { email } ... on UserError { code message }',
    );
  const invalid = { __typename: 'InvalidTokenError', code: 'INVALID_TOKEN' };
  const request = async (as: Parameters<TestAccounts['query']>[2]) => {
    const { data, errors } = await accounts.query(
      `mutation { requestEmailVerification {
        __typename
        ... on EmailVerificationRequested { email expiresIn }
        ... on EmailAlreadyVerifiedError { code email }
        ... on TooManyAttemptsError { code retryAfterSeconds }
      } }`,
      {},
      as,
    );
    return data?.requestEmailVerification ?? errors[0]?.extensions;
  };
  const eventsOf = (id: string) =>
    accounts.subgraph.database.em
      .fork()
      .find(OutboxEvent, { aggregateId: id, type: 'accounts.email-verified.v1' });

  test('takes the token of the sign-up letter, once, and records the event', async () => {
    const { id, email, viewer } = await accounts.newUser();
    const token = await accounts.tokenFor(email, 'verify-email');
    expect((await accounts.query('{ me { emailVerified } }', {}, viewer)).data).toEqual({
      me: { emailVerified: false },
    });
    expect(await verify(token)).toEqual({ __typename: 'EmailVerified', email });
    expect((await accounts.query('{ me { emailVerified } }', {}, viewer)).data).toEqual({
      me: { emailVerified: true },
    });
    expect(await verify(token)).toMatchObject(invalid);
    expect(await eventsOf(id)).toMatchObject([{ payload: { userId: id } }]);
  });

  test('sends another link to whoever asks, and one of them is enough', async () => {
    const { id, email, viewer } = await accounts.newUser();
    const first = await accounts.tokenFor(email, 'verify-email');
    expect(await request(viewer)).toEqual({
      __typename: 'EmailVerificationRequested',
      email,
      expiresIn: 86_400,
    });
    expect(await verify(first)).toMatchObject({ __typename: 'EmailVerified' });
    const second = await accounts.tokenFor(email, 'verify-email', 2);
    expect(second).not.toBe(first);
    expect(await verify(second)).toMatchObject(invalid);
    expect(await eventsOf(id)).toHaveLength(1);
  });

  test('happens once when one token is used twice at once', async () => {
    const { id, email } = await accounts.newUser();
    const token = await accounts.tokenFor(email, 'verify-email');
    const results = await Promise.all([verify(token), verify(token)]);
    expect(results.map(({ __typename }) => __typename).sort()).toEqual([
      'EmailVerified',
      'InvalidTokenError',
    ]);
    expect(await eventsOf(id)).toHaveLength(1);
  });

  test('is over after a day', async () => {
    const { email } = await accounts.newUser();
    const token = await accounts.tokenFor(email, 'verify-email');
    accounts.clock.advance(86_400_000);
    expect(await verify(token)).toMatchObject(invalid);
  });

  test('tells whoever has done it already', async () => {
    const { email, viewer } = await accounts.newUser();
    await verify(await accounts.tokenFor(email, 'verify-email'));
    expect(await request(viewer)).toEqual({
      __typename: 'EmailAlreadyVerifiedError',
      code: 'EMAIL_ALREADY_VERIFIED',
      email,
    });
  });

  test('sends five letters in a quarter of an hour, and no more', async () => {
    const { viewer } = await accounts.newUser();
    for (let letter = 1; letter <= 5; letter += 1) {
      expect(await request(viewer)).toMatchObject({ __typename: 'EmailVerificationRequested' });
    }
    expect(await request(viewer)).toEqual({
      __typename: 'TooManyAttemptsError',
      code: 'TOO_MANY_ATTEMPTS',
      retryAfterSeconds: 900,
    });
  });

  test('is nothing for a guest to ask', async () => {
    expect(await request(undefined)).toEqual({ code: 'UNAUTHENTICATED' });
  });
});
