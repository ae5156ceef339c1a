import { defineRpc } from '@stoa/rpc';
import { PricingService } from '../__generated__/pricing/v1/pricing_pb.js';

/** The contract of pricing, in proto/. */
export const pricingRpc = defineRpc({
  name: 'pricing',
  service: PricingService,
  developmentUrl: 'http://localhost:5003',
});
