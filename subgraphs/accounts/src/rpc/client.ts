import { defineRpc } from '@stoa/rpc';
import { AccountsService } from '../__generated__/accounts/v1/accounts_pb.js';

/** The contract of accounts, in proto/. */
export const accountsRpc = defineRpc({
  name: 'accounts',
  service: AccountsService,
  developmentUrl: 'http://localhost:5001',
});
