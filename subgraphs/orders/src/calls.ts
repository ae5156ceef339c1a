import { accountsRpc } from '@stoa/accounts/rpc';
import { catalogRpc } from '@stoa/catalog/rpc';
import { inventoryRpc } from '@stoa/inventory/rpc';
import { paymentsRpc } from '@stoa/payments/rpc';
import { pricingRpc } from '@stoa/pricing/rpc';

/** The services that orders calls. */
export const calls = {
  catalog: catalogRpc,
  pricing: pricingRpc,
  inventory: inventoryRpc,
  payments: paymentsRpc,
  accounts: accountsRpc,
};
