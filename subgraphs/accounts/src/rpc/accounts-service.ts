import { implementRpc } from '@stoa/rpc';
import type { Context } from '../context.ts';
import { accountsRpc } from './client.ts';
import { getContact } from './get-contact.ts';

/** Answers the contract in proto/. */
export const accountsService = implementRpc<(typeof accountsRpc)['service'], Context>(accountsRpc, {
  getContact,
});
