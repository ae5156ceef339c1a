import { accountsRpc } from '@stoa/accounts/rpc';
import { Failure } from '@stoa/errors';
import { type CallContext, requireService } from '@stoa/identity';
import { implementRpc } from '@stoa/rpc';
import type { Faults } from './faults.ts';

/** The users who have an account, with their addresses by id. Like the real one it answers services alone. */
export function fakeAccounts(emails: ReadonlyMap<string, string>, faults: Faults) {
  return implementRpc<(typeof accountsRpc)['service'], CallContext>(accountsRpc, {
    getContact: ({ userId }, call) =>
      faults.around('accounts.getContact', () => {
        requireService(call);
        const email = emails.get(userId);
        if (email === undefined) throw new Failure('not-found', 'There is no such user');
        return { email, emailVerified: false };
      }),
  });
}
