import { implementRpc } from '@stoa/rpc';
import type { Context } from '../context.ts';
import { claimCart } from './claim-cart.ts';
import { ordersRpc } from './client.ts';

/** Answers the contract in proto/. */
export const ordersService = implementRpc<(typeof ordersRpc)['service'], Context>(ordersRpc, { claimCart });
