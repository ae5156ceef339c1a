import { join } from 'node:path';
import { demoAccounts } from '@stoa/seed';
import { databaseEngines } from '@stoa/testkit';
import { describe, expect, test } from 'vitest';
import { User } from '../src/users/user.entity.ts';
import { cheapPasswords, newFolder, startAccounts } from './start-accounts.ts';

const keySecret = 'a secret for keys that is long enough';
const production = {
  NODE_ENV: 'production',
  KEY_ENCRYPTION_SECRET: keySecret,
  PASSWORD_MEMORY_KIB: '19456',
  PASSWORD_ITERATIONS: '2',
};
const [customer] = demoAccounts();
if (customer === undefined) throw new Error('Expected a demo account');

const newFile = () => `sqlite:${join(newFolder(), 'accounts.sqlite')}`;

describe('accounts in production', () => {
  test('refuses the demo accounts of a database that was seeded before, in words that tell nothing', async () => {
    const databaseUrl = newFile();
    const before = await startAccounts({
      databaseUrl,
      seed: true,
      environment: { KEY_ENCRYPTION_SECRET: keySecret },
    });
    const { refreshToken } = await before.signIn(customer.email, customer.password);
    await before.stop();

    const accounts = await startAccounts({ databaseUrl, seed: true, environment: production });
    const refused = await accounts.signIn(customer.email, customer.password);
    expect(refused.__typename).toBe('InvalidCredentialsError');
    expect(await accounts.signIn(customer.email, 'a wrong password')).toEqual(refused);
    expect((await accounts.refresh(refreshToken)).__typename).toBe('InvalidTokenError');
    await accounts.stop();
  });

  test('takes a demo account whose password has been changed since', async () => {
    const databaseUrl = newFile();
    const before = await startAccounts({
      databaseUrl,
      seed: true,
      environment: { KEY_ENCRYPTION_SECRET: keySecret },
    });
    await before.mutate('requestPasswordReset', { email: customer.email }, '');
    const token = await before.tokenFor(customer.email, 'reset-password');
    await before.mutate('resetPassword', { token, password: 'known to one alone' }, '');
    await before.stop();

    const accounts = await startAccounts({ databaseUrl, environment: production });
    expect((await accounts.signIn(customer.email, 'known to one alone')).__typename).toBe('Session');
    await accounts.stop();
  });

  test('has no demo accounts, even when asked to seed', async () => {
    const accounts = await startAccounts({ seed: true, environment: production });
    expect(await accounts.subgraph.database.em.fork().count(User)).toBe(0);
    await accounts.stop();
  });

  test('does not start without a secret for its keys, or with cheap passwords, and says all of it together', async () => {
    const start = startAccounts({ environment: { NODE_ENV: 'production', ...cheapPasswords } });
    await expect(start).rejects.toThrow(
      /KEY_ENCRYPTION_SECRET: expected at least 32 characters.*PASSWORD_MEMORY_KIB: expected at least 19456 in production \(found: 8\).*PASSWORD_ITERATIONS: expected at least 2/s,
    );
  });

  test('does not start when its keys were encrypted with another secret', async () => {
    const databaseUrl = newFile();
    await (await startAccounts({ databaseUrl, environment: production })).stop();
    const other = { ...production, KEY_ENCRYPTION_SECRET: 'another secret for keys that is long enough' };
    await expect(startAccounts({ databaseUrl, environment: other })).rejects.toThrow(
      'npm run rotate-keys -w @stoa/accounts -- --now',
    );
    await (await startAccounts({ databaseUrl, environment: production })).stop();
  });
});

describe('accounts in development', () => {
  test('goes on with a new key when the secret has changed', async () => {
    const databaseUrl = newFile();
    await (await startAccounts({ databaseUrl })).stop();
    const accounts = await startAccounts({ databaseUrl, environment: { KEY_ENCRYPTION_SECRET: keySecret } });
    expect((await accounts.signUp()).__typename).toBe('Session');
    await accounts.stop();
  });

  test.each([
    ['KEY_ENCRYPTION_SECRET', 'short', 'expected at least 32 characters (found: a value not shown)'],
    ['ACCESS_TOKEN_SECONDS', '0', 'expected a whole number from 30 to 86400'],
    ['PUBLIC_URL', 'localhost', 'expected a URL that starts with http:// or https://'],
    ['SMTP_URL', 'http://mail', 'expected a URL that starts with smtp:// or smtps://'],
  ])('does not start with %s=%s', async (name, value, message) => {
    await expect(startAccounts({ environment: { [name]: value } })).rejects.toThrow(`${name}: ${message}`);
  });
});

describe('the demo accounts', () => {
  const places = databaseEngines.map(({ engine, freshUrl }) => ({
    engine,
    // In memory nothing would be left for the second start.
    databaseUrl: engine === 'sqlite' ? newFile() : freshUrl(),
  }));

  test.each(places)(
    'are there after a start with seeding on $engine, each with its roles, once',
    async ({ databaseUrl }) => {
      await (await startAccounts({ databaseUrl, seed: true })).stop();
      const accounts = await startAccounts({ databaseUrl, seed: true });
      expect(await accounts.subgraph.database.em.fork().count(User)).toBe(3);
      for (const account of demoAccounts()) {
        const session = await accounts.signIn(account.email, account.password);
        expect(session.user).toMatchObject({
          id: account.id,
          name: account.name,
          roles: account.roles,
          emailVerified: true,
        });
      }
      await accounts.stop();
    },
  );

  test('are not there without seeding', async () => {
    const accounts = await startAccounts();
    expect((await accounts.signIn(customer.email, customer.password)).__typename).toBe(
      'InvalidCredentialsError',
    );
    await accounts.stop();
  });
});
