import { defineRpc } from '@stoa/rpc';
import { InventoryService } from '../__generated__/inventory/v1/inventory_pb.js';

/** The contract of inventory, in proto/. */
export const inventoryRpc = defineRpc({
  name: 'inventory',
  service: InventoryService,
  developmentUrl: 'http://localhost:5004',
});

/** What a caller needs to read an answer. */
export { ReservationState } from '../__generated__/inventory/v1/inventory_pb.js';
