import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { grantRoleCommand } from '../src/commands/grant-role.ts';
import { rotateKeysCommand } from '../src/commands/rotate-keys.ts';
import { newEmail, newFolder, startAccounts } from './start-accounts.ts';

const emptyShop = () => ({ NODE_ENV: 'test', STOA_DATA_DIR: newFolder() });

describe('rotate-keys', () => {
  const secondsAhead = (line: string) => {
    const [, time] = /^The key \S+ is published now and signs from (\S+) on$/.exec(line) ?? [];
    return (Date.parse(String(time)) - Date.now()) / 1000;
  };

  test('makes a key that signs in five minutes', async () => {
    const ahead = secondsAhead(await rotateKeysCommand([], emptyShop()));
    expect(ahead).toBeGreaterThan(200);
    expect(ahead).toBeLessThanOrEqual(300);
  });

  test('makes a key that signs at once', async () => {
    expect(secondsAhead(await rotateKeysCommand(['--now'], emptyShop()))).toBeLessThanOrEqual(0);
  });

  test('refuses what it does not know, and to work without the secret of production', async () => {
    await expect(rotateKeysCommand(['--later'], emptyShop())).rejects.toThrow("Unknown option '--later'");
    const environment = { ...emptyShop(), NODE_ENV: 'production', STOA_CONTEXT_SECRET: 'x'.repeat(32) };
    await expect(rotateKeysCommand([], environment)).rejects.toThrow('KEY_ENCRYPTION_SECRET');
  });
});

describe('grant-role', () => {
  test('makes the first administrator', async () => {
    const DATABASE_URL = `sqlite:${join(newFolder(), 'accounts.sqlite')}`;
    const accounts = await startAccounts({ databaseUrl: DATABASE_URL });
    const { email } = await accounts.newUser();
    const environment = { ...emptyShop(), DATABASE_URL };

    const line = await grantRoleCommand([email.toUpperCase(), 'STAFF'], environment);
    expect(line).toContain('is CUSTOMER, STAFF now');
    await grantRoleCommand([email, 'ADMIN'], environment);
    await grantRoleCommand([email, 'CUSTOMER'], environment);
    expect((await accounts.signIn(email)).user.roles).toEqual(['CUSTOMER', 'STAFF', 'ADMIN']);
    await accounts.stop();
  });

  test.each([
    ['an address that nobody signed up with', [newEmail(), 'ADMIN'], 'Nobody has signed up with the address'],
    [
      'an unknown role',
      [newEmail(), 'BOSS'],
      'Expected an e-mail address and CUSTOMER, STAFF or ADMIN, found "BOSS"',
    ],
    ['nothing', [], 'Expected an e-mail address and CUSTOMER, STAFF or ADMIN, found ""'],
  ])('refuses %s', async (_, args, message) => {
    await expect(grantRoleCommand(args, emptyShop())).rejects.toThrow(message);
  });
});

describe('a command, run as a process', () => {
  const run = (args: readonly string[]) => {
    const file = join(import.meta.dirname, '../src/rotate-keys.ts');
    const runner = join(import.meta.dirname, '../../../tooling/run.mjs');
    return promisify(execFile)(process.execPath, [runner, file, ...args], { env: emptyShop() });
  };

  test('says what it did, or why it did nothing, and ends accordingly', async () => {
    const [done, refused] = await Promise.allSettled([run(['--now']), run(['--later'])]);
    expect(done).toMatchObject({
      value: { stdout: expect.stringMatching(/^The key \S+ is published/), stderr: '' },
    });
    expect(refused).toMatchObject({
      reason: {
        code: 1,
        stdout: '',
        stderr: expect.stringContaining("Nothing was changed: Unknown option '--later'"),
      },
    });
  }, 90_000);
});
