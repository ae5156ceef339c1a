import { implementRpc } from '@stoa/rpc';
import type { Context } from '../context.ts';
import { catalogRpc } from './client.ts';
import { getVariants } from './get-variants.ts';

/** What the catalog answers to the other services. */
export const catalogService = implementRpc<(typeof catalogRpc)['service'], Context>(catalogRpc, {
  getVariants,
});
