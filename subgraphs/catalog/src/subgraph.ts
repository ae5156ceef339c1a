import { defineSubgraph } from '@stoa/subgraph';
import { migrations } from '../migrations/index.ts';
import { createContext } from './context.ts';
import { entities } from './entities.ts';
import { newReads } from './reads.ts';
import { resolvers } from './resolvers/index.ts';
import { catalogService } from './rpc/catalog-service.ts';
import { seedCatalog } from './seed/seed-catalog.ts';

/** Products, variants, collections and facets: what the shop sells and what it is called. */
export const catalog = defineSubgraph({
  name: 'catalog',
  folder: new URL('..', import.meta.url),
  entities,
  migrations,
  app: ({ database }) => ({ newReads: newReads(database.em.fork()) }),
  context: createContext,
  resolvers,
  rpc: catalogService,
  seed: seedCatalog,
});
