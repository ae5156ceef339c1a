import { defineRpc } from '@stoa/rpc';
import { CatalogService } from '../__generated__/catalog/v1/catalog_pb.js';

/** The contract of catalog, in proto/. */
export const catalogRpc = defineRpc({
  name: 'catalog',
  service: CatalogService,
  developmentUrl: 'http://localhost:5002',
});
